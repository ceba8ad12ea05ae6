import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { clientMessageSchema, type ClientMessage } from '../../../shared/protocol/index.ts';
import { createPageBuild, type PageBuild } from '../testing/page-build.ts';
import { createPlantedCollectors, derivePlantedTexts } from '../testing/planted.ts';
import { findHeaderFaults, parseAnswer } from '../testing/raw-answer.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { sendRaw } from '../testing/raw-request.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
];

/** One of each type that a client may send: the compiler asks for those that are new. */
const messages: Readonly<Record<ClientMessage['type'], unknown>> = {
  hello: { type: 'hello', protocol: 1, client: { name: 'x', version: '1' } },
  subscribe: { type: 'subscribe', id: 'a', topics: ['memory', 'login'], intervalMs: 250 },
  unsubscribe: { type: 'unsubscribe', id: 'a' },
  ack: { type: 'ack', seq: 1 },
  request: { type: 'request', id: 'a', method: 'pairing.open' },
  ping: { type: 'ping', t: 1 },
};

describe('promise: exposed without authentication: no byte of a metric', () => {
  let server: TestServer;
  let build: PageBuild;
  let planted: readonly string[];
  /** Tokens that are not valid, by what is wrong with them. */
  let bad: ReadonlyMap<string, string>;

  beforeAll(async () => {
    build = await createPageBuild();
    server = await startTestServer(
      { authFailuresPerMinute: 100_000, authFailuresPerMinutePerAddress: 100_000, closeGraceMs: 100 },
      { staticDir: build.folder, collectors: createPlantedCollectors() },
    );
    const { tokens } = server.host;
    const revoked = await tokens.create({ name: 'revoked', scope: 'admin' });
    await tokens.revoke(revoked.record.id);
    const expired = await tokens.create({ name: 'expired', scope: 'view' });
    const old = join(server.dataDir, 'tokens', `${expired.record.id}.json`);
    await utimes(old, 1_000, 1_000);
    await tokens.list();
    const ended = await tokens.create({ name: 'ended', scope: 'control' });
    const control = join(server.dataDir, 'tokens', `${ended.record.id}.json`);
    const file = await readFile(control, 'utf8');
    await writeFile(control, file.replace(/"createdAt": "[^"]+"/, '"createdAt": "2020-01-01T00:00:00.000Z"'));
    await tokens.revoke(ended.record.id);
    await writeFile(control, file.replace(/"createdAt": "[^"]+"/, '"createdAt": "2020-01-01T00:00:00.000Z"'));
    const guest = await tokens.create({ name: 'guest', scope: 'admin', endsWallMs: Date.now() + 100 });
    await systemClock.sleep(150);
    bad = new Map([
      ['none', ''],
      ['nonsense', 'nonsense'],
      ['revoked', revoked.token],
      ['expired by idling', expired.token],
      ['expired by age', ended.token],
      ['a guest’s whose time is over', guest.token],
      ['its hash', revoked.record.sha256],
      ['its id', revoked.record.id],
    ]);
    const { code } = server.host.pairing.open();
    planted = derivePlantedTexts(server, [await server.token(), code, build.secret]);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await build[Symbol.asyncDispose]();
  });
  const leaks = (text: string): string[] => planted.filter((secret) => text.includes(secret));
  const ask = (method: string, path: string, lines: readonly string[]): Promise<string> => {
    const head = [
      `${method} ${path} HTTP/1.1`,
      `Host: localhost:${server.port}`,
      'Connection: close',
      ...lines,
    ];
    return sendRaw(server.port, [...head, '', ''].join('\r\n'));
  };

  it('on any route, by any method, with no token or one that is wrong, expired or revoked', async () => {
    const isOpen = (path: string): boolean => ['/healthz', ...build.paths].includes(path);
    const paths = [...server.host.server.paths, ...build.paths, '/docs/', '/docs/README.md', '*'];
    expect(paths.length).toBeGreaterThan(9);
    let asked = 0;
    for (const path of paths) {
      for (const method of methods) {
        for (const [kind, token] of bad) {
          const text = await ask(method, path, token ? [`Authorization: Bearer ${token}`] : []);
          const about = `${method} ${path} with ${kind}`;
          const answer = parseAnswer(text);
          expect([about, leaks(text)]).toEqual([about, []]);
          // Node ends a connection that wants to be a tunnel without a word.
          if (method === 'CONNECT') expect([about, text]).toEqual([about, '']);
          else expect([about, findHeaderFaults(answer!)]).toEqual([about, []]);
          if (answer?.status === 200) expect([about, isOpen(path)]).toEqual([about, true]);
          if (['PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS'].includes(method))
            expect([about, [404, 405].includes(answer!.status)]).toEqual([about, true]);
          asked++;
        }
      }
    }
    expect(asked).toBeGreaterThan(600);
    expect(server.host.monitor.sampler.demands).toBe(0);
  });

  it('with a token where none is looked for: in the query, a cookie, another scheme, twice', async () => {
    const token = await server.token('admin');
    for (const path of ['/v1/info', '/metrics', '/v1/stream']) {
      for (const lines of [
        [`Cookie: token=${token}`],
        [`Authorization: Basic ${Buffer.from(`x:${token}`).toString('base64')}`],
        [`Authorization: Bearer ${token}, Bearer ${token}`],
        [`Authorization: Bearer  `],
        [`X-Token: ${token}`, `Proxy-Authorization: Bearer ${token}`],
        [`Authorization: Bearer wrong`, `Authorization: Bearer ${token}`],
      ]) {
        const text = await ask('GET', path, lines);
        expect([path, lines, leaks(text)]).toEqual([path, lines, []]);
        expect([path, lines, [401, 426].includes(parseAnswer(text)!.status)]).toEqual([path, lines, true]);
      }
      const text = await ask('GET', `${path}?token=${token}&access_token=${token}`, []);
      expect([path, leaks(text.replaceAll(token, ''))]).toEqual([path, []]);
      expect([400, 401, 426]).toContain(parseAnswer(text)!.status);
    }
  });

  it('by any message before hello, and by any hello but one with a valid token', async () => {
    expect(Object.keys(messages).sort()).toEqual(
      clientMessageSchema.options.map((option) => option.entries.type.literal).sort(),
    );
    const said: unknown[] = [...Object.values(messages), { type: 'nothing' }, null, [], 7, 'hello'];
    for (const token of bad.values()) said.push({ ...(messages.hello as object), token });
    for (const message of said) {
      const peer = new RawPeer(server.port, { polite: true });
      expect(await peer.handshake()).toBe(101);
      peer.say(message);
      peer.say(messages.subscribe);
      peer.say(messages.request);
      await peer.until(() => peer.ended);
      const about = JSON.stringify(message);
      expect([about, [1002, 1007, 1008, 4401].includes(peer.closeCode!)]).toEqual([about, true]);
      expect([about, leaks(peer.frames.map(({ payload }) => payload.toString()).join('\n'))]).toEqual([
        about,
        [],
      ]);
      expect(peer.heard.every(({ type }) => type === 'bye' || type === 'error')).toBe(true);
    }
    expect(server.host.monitor.sampler.demands).toBe(0);
  });

  it('and the same values are found by who has a token, so that the search would have found them', async () => {
    const token = await server.token();
    const bearer = [`Authorization: Bearer ${token}`];
    expect(leaks(await ask('GET', '/metrics', bearer))).toContain(planted[0]);
    expect(leaks(await ask('GET', '/v1/info', bearer))).toContain('1.2.3');
    const peer = await RawPeer.live(server.port, token, { polite: true });
    peer.say(messages.subscribe);
    const snapshot = JSON.stringify(await peer.message('snapshot'));
    expect(leaks(snapshot)).toEqual(expect.arrayContaining([planted[0], planted[1]]));
    peer.socket.destroy();
  });
});
