import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitRanges } from '../src/node/config/limits-config.ts';
import { defaultLimits } from '../src/shared/protocol/index.ts';
import { hasTest, readTables, testsOf, type TableRows } from './claims.ts';
import { projectFolder, readPage } from './pages.ts';

const tables = readTables(readPage('docs/security.md').markdown);
const rowsOf = (heading: string): TableRows => tables.get(heading) ?? [];

const limitNames = [
  'clients, authenticated',
  'clients before authentication',
  'HTTP header deadline, TLS handshake, first message',
  'ping',
  'close grace',
  'inbound message',
  'permessage-deflate',
  'send queue a client',
  'subscriptions',
  'authentication failures',
  'token',
  'pairing code',
  'files with tokens or history',
];
const promiseNames = [
  'another site or a rebound name',
  'exposed without authentication',
  'slow handshakes',
  'a viewer that stops reading',
  'a dead peer',
  'a hung source',
  'sleep, clock step',
  'counter reset, hot-plug, PID reuse',
  'killing the wrong process',
  'renderer or GPU process crashes',
  'loops that outlive their client',
  'hostile names',
];

/** What is to be checked of Electron mechanically, a line a row. */
const electronLines = [
  'contextIsolation and sandbox on, nodeIntegration off',
  'one module makes windows',
  '`app://`, no `file://`, no `..`',
  "CSP header `default-src 'none'`, nothing `unsafe-*`, on the window and on the LAN page",
  'permission request, check and device handlers deny all',
  'will-navigate, will-redirect, window.open and webviews are blocked',
  'openExternal takes parsed https on an allow-list only',
  'every IPC channel goes through one wrapper that checks the sender',
  'and parses the payload',
  'the preload exposes a fixed list of keys',
  'and never an event object',
  'in the page `typeof require` and `typeof process` are `undefined`',
  'the packaged binary: RunAsNode, NodeOptions, NodeCliInspect and file-protocol privileges off, OnlyLoadAppFromAsar on',
  'and `ELECTRON_RUN_AS_NODE=1`, `--inspect` and another archive really do nothing',
  'floors: ws 8.21.1, Electron 45; there is no SQLite in it',
];

describe('the page about security', () => {
  it('has every limit and every promise, and no other', () => {
    expect(rowsOf('Limits').map(([name]) => name)).toEqual(limitNames);
    expect(rowsOf('Promises').map(([name]) => name)).toEqual(promiseNames);
  });

  it('goes through what is checked of Electron line by line, with a test for each', () => {
    const rows = rowsOf('Electron, line by line');
    for (const [at, line] of electronLines.entries()) {
      const [name = '', ...rest] = rows[at] ?? [];
      expect(name.slice(0, line.length)).toBe(line);
      expect([line, testsOf(rest).length > 0]).toEqual([line, true]);
    }
  });

  it('is built on nothing older than its floors', () => {
    const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version?: string }>;
    };
    const numbers = (version: string): number[] => version.split('.').map(Number);
    const isAtLeast = (version: string, floor: string): boolean => {
      const [have, least] = [numbers(version), numbers(floor)];
      const at = least.findIndex((number, index) => have[index] !== number);
      return at < 0 || have[at]! > least[at]!;
    };
    expect([isAtLeast('8.21.0', '8.21.1'), isAtLeast('45.0.0', '45.0.0')]).toEqual([false, true]);
    const found = Object.entries(packages).flatMap(([path, { version = '' }]) => {
      const name = /node_modules\/(ws|electron|[^/]*sqlite[^/]*)$/.exec(path)?.[1];
      return name === undefined ? [] : [{ name, version }];
    });
    expect(found.map(({ name }) => name).sort()).toEqual(['electron', 'ws']);
    for (const { name, version } of found) {
      expect([name, version, isAtLeast(version, name === 'ws' ? '8.21.1' : '45.0.0')]).toEqual([
        name,
        version,
        true,
      ]);
    }
  });

  it.each([
    ['Limits', 'limit'],
    ['Promises', 'promise'],
  ])('names for each of its %s a test that is called after it', (heading, kind) => {
    for (const row of rowsOf(heading)) {
      const [first] = testsOf(row);
      expect([row[0], first?.[0]]).toEqual([row[0], `${kind}: ${row[0]}`]);
    }
  });

  it('names only tests that are there', () => {
    const links = [...tables.values()].flat().flatMap(testsOf);
    expect(links.length).toBeGreaterThan(45);
    for (const [title, path] of links)
      expect([path, title, hasTest(path, title)]).toEqual([path, title, true]);
    expect(hasTest('src/node/server/hostile/limits.integration.test.ts', 'limit: what nobody tests')).toBe(
      false,
    );
  });

  it('gives every limit’s default and range as they are in the code', () => {
    const given = [
      ...rowsOf('Limits')
        .join(' ')
        .matchAll(/`(\w+)` (\d+) \((\d+) to (\d+)\)/g),
    ].map(([, key, value, least, most]) => [key, Number(value), Number(least), Number(most)]);
    const real = Object.entries(defaultLimits).map(([key, value]) => {
      const { least, most } = limitRanges[key as keyof typeof limitRanges];
      return [key, value, least, most];
    });
    expect(given.sort()).toEqual(real.sort());
  });

  it('says in words what the figures are', () => {
    const defaults = new Map(rowsOf('Limits').map(([name, words]) => [name, words]));
    const { maxClients, maxClientsPerAddress, maxUnauthenticated, maxUnauthenticatedPerAddress } =
      defaultLimits;
    expect(defaults.get('clients, authenticated')).toContain(
      `${maxClients} in all, ${maxClientsPerAddress} an address`,
    );
    expect(defaults.get('clients before authentication')).toContain(
      `${maxUnauthenticated} in all, ${maxUnauthenticatedPerAddress} an address`,
    );
    expect(defaults.get('ping')).toContain(`every ${defaultLimits.pingIntervalMs / 1_000} s`);
    expect(defaults.get('close grace')).toContain(`${defaultLimits.closeGraceMs / 1_000} s`);
    expect(defaults.get('inbound message')).toContain(
      `${defaultLimits.maxInboundBytes / 1_024} KiB; ${defaultLimits.maxFragments} fragments; ` +
        `${defaultLimits.messagesPerSecond} a second after a burst of ${defaultLimits.messageBurst}`,
    );
    expect(defaults.get('send queue a client')).toContain(`${defaultLimits.queueMarkBytes / 1_024} KiB`);
    expect(defaults.get('send queue a client')).toContain(
      `or ${defaultLimits.maxUnacknowledged} unacknowledged`,
    );
    expect(defaults.get('subscriptions')).toContain(
      `${defaultLimits.maxSubscriptions} a client, interval not under ${defaultLimits.minIntervalMs} ms`,
    );
    expect(defaults.get('authentication failures')).toContain(
      `${defaultLimits.authFailuresPerMinutePerAddress} a minute an address, then a delay doubling to ` +
        `${defaultLimits.authDelayMaxMs / 1_000} s; ${defaultLimits.authFailuresPerMinute} a minute in all`,
    );
    expect(defaults.get('pairing code')).toContain(
      `${defaultLimits.pairingCodeMs / 60_000} minutes, ${defaultLimits.pairingAttempts} attempts in all`,
    );
  });
});
