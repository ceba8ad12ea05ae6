import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Monitor } from '../../core/monitor.ts';
import { createFakeCpu, createFakeMemory } from '../../core/testing/fake-collector.ts';
import { createFakeOwnUse } from '../../core/testing/fake-own-use.ts';
import { MemoryClient } from '../../core/testing/memory-client.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { diagnosticsReportSchema, type DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';
import { hostActor } from '../audit/audit-entry.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { locateDataFolder } from '../config/data-folder.ts';
import { RecentLog } from '../server/recent-log.ts';
import { createHostReport, type HostReport } from './host-report.ts';
import { writeReport } from './write-report.ts';

/** What lets somebody in: in no bundle, whatever is asked for. */
const secrets = {
  token: randomBytes(32).toString('base64url'),
  hash: randomBytes(32).toString('hex'),
  code: 'BCDF-GHJK',
  key: '048213',
};
/** What tells who somebody is: in no bundle that is not asked for it. */
const names = {
  person: 'alicequist',
  host: 'zorgbox-17.lan',
  network: 'Quistnetz-5G',
  address: '203.0.113.77',
  path: '/home/alicequist/plan',
  tokenId: 'c0ffee123456',
  argument: '--password=hunter2',
};
const everything = Object.values({ ...secrets, ...names }).join(' ');

let clock: FakeClock;
let folder: string;
let monitor: Monitor;
let report: HostReport;
let recent: RecentLog;

beforeEach(async () => {
  clock = new FakeClock();
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-report-'));
  recent = new RecentLog(() => undefined, clock);
  const ownUse = createFakeOwnUse();
  monitor = new Monitor({
    clock,
    collectors: [
      createFakeCpu(clock),
      createFakeMemory({
        read: () => {
          throw new MonitorError('io', `/proc/meminfo cannot be read: ${everything}`);
        },
      }),
    ],
    hostName: names.host,
    version: '1.2.3',
    platform: 'linux',
    instanceId: 'instance',
    ownUse,
    onDefect: (message) => recent.log('error', message),
  });
  const dataFolder = locateDataFolder(folder);
  const written = {
    port: 9741,
    bind: names.address,
    dataFolder: names.path,
    budget: { cpuShare: 0.01 },
    view: { theme: 'dark', layout: { [names.person]: names.network } },
  };
  report = createHostReport({
    version: '1.2.3',
    dataFolder,
    settings: {
      written: () => written,
      problems: () => [{ key: 'x', line: 3, column: 5, message: `must be a number, and is ${everything}` }],
      needRestart: () => ['port'],
      originOf: (key) => (key === 'budget.cpuShare' ? 'PULSEWIRE_BUDGET' : `${names.path}/config.json:7`),
    },
    given: { port: 9742 },
    clock,
    monitor,
    ownUse,
    sharing: () => ({ state: 'on', plainHttp: false }),
    log: recent,
    hostName: names.host,
  });
  await mkdir(join(folder, 'tokens'), { mode: 0o700 });
  await writeFile(join(folder, 'tokens', `${names.tokenId}.json`), secrets.hash, { mode: 0o600 });
  await writeFile(join(folder, `${names.person}-notes.txt`), secrets.token, { mode: 0o644 });
  const audit = new AuditLog({ path: dataFolder.auditLog, clock, log: () => undefined });
  await audit.write({
    event: 'device.changed',
    who: { ...hostActor, name: names.person, address: names.address },
    what: { name: everything },
    outcome: 'done',
    message: everything,
  });
});
afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(60_000);
  await closing;
  await rm(folder, { recursive: true, force: true });
});

/** A host with a viewer whose every text is planted, one that has gone, a task that fails and a log that tells of all. */
async function plant(): Promise<MemoryClient> {
  const grant = { scope: 'view', tokenId: names.tokenId, name: `${names.person} ${secrets.key}` } as const;
  const gone = new MemoryClient(monitor, { kind: 'socket', address: names.address, grant });
  gone.hello();
  const closing = gone.session.close({ code: 'forbidden', message: everything });
  await clock.advance(10_000);
  await closing;
  const viewer = new MemoryClient(monitor, { kind: 'socket', address: names.address, grant });
  viewer.hello();
  viewer.subscribe(['cpu', 'memory']);
  await clock.advance(3_000);
  monitor.setMethod('history.read', () => {
    throw new MonitorError('io', everything);
  });
  viewer.send({ type: 'request', id: 'r', method: 'history.read' });
  monitor.tasks.service('probe').spawn(names.person, async () => {
    throw new Error(everything);
  });
  monitor.tasks.service('probe').spawn(names.network, (signal) => clock.sleep(600_000, signal));
  recent.log('warning', `The config file ${names.path} is broken: ${everything}.`);
  await clock.advance(1_000);
  return viewer;
}

const without = (text: string, planted: readonly string[]): void => {
  for (const each of planted) expect(text.includes(each), each).toBe(false);
};

describe('the report of a host', () => {
  it('has nothing of what is planted in any of its sources: no secret, no name, no address, no path', async () => {
    await plant();
    const made = await report.create(false);
    const text = JSON.stringify(made);
    without(text, [...Object.values(secrets), ...Object.values(names), ...everything.split(' ')]);
    without(text, [folder, hostname(), 'hunter2', 'alice', 'Quist', '203.0', userInfo().homedir]);
    expect(made.about).toMatchObject({ names: 'leftOut', madeBy: 'host', format: 1 });
  });

  it('with names has those, and still nothing that lets anybody in', async () => {
    await plant();
    const made = await report.create(true);
    const text = JSON.stringify(made);
    without(text, Object.values(secrets));
    for (const name of [names.person, names.host, names.address, names.path, names.tokenId]) {
      expect(text).toContain(name);
    }
    expect(made.about.names).toBe('included');
  });

  it('names the scope of a viewer with its tasks while it is there, and none after it has gone', async () => {
    const viewer = await plant();
    const { live } = await report.create(false);
    expect(live?.clients).toMatchObject([
      {
        scopeName: 'client 2',
        kind: 'socket',
        grant: 'view',
        isPaired: true,
        state: 'live',
        subscriptions: 1,
      },
    ]);
    const closing = viewer.session.close({ code: 'clientClosed', message: 'It left.' });
    await clock.advance(20_000);
    await closing;
    const after = (await report.create(false)).live;
    expect([after?.clientCount, after?.clients]).toEqual([0, []]);
    expect(after?.closed).toMatchObject([
      {
        scopeName: 'client 2',
        tasksLeft: 0,
        ledger: { timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 },
      },
      { scopeName: 'client 1', tasksLeft: 0 },
    ]);
    const asking = new MemoryClient(monitor);
    asking.hello();
    const own = (await report.answer({}, asking.session)) as DiagnosticsReport;
    expect(own.live?.clients).toEqual([]);
  });

  it('says how each subject does and why one fails, what it costs, what was set and by whom', async () => {
    await plant();
    const { live, configuration, dataFolder, audit, versions } = await report.create(false);
    const memory = live?.collectors.find(({ subject }) => subject === 'memory');
    expect(memory).toMatchObject({
      state: 'failed',
      lastError: expect.stringMatching(/^\/proc\/meminfo cannot be read: \[…\]/),
    });
    expect(memory?.failures).toBeGreaterThan(0);
    expect(live?.collectors.find(({ subject }) => subject === 'cpu')).toMatchObject({
      state: 'active',
      lastError: null,
    });
    expect(live?.cost).toMatchObject({ governor: { level: 0 }, processes: [{ role: 'host' }] });
    expect(live?.log).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(/^The config file \[…\] is broken: \[…\]/),
      }),
    );
    const probeTasks = live?.services.filter(({ name }) => name === 'probe').flatMap(({ tasks }) => tasks);
    expect(probeTasks).toMatchObject([{ name: '[…]' }]);
    expect(configuration.settings).toEqual([
      { key: 'bind', value: '[…]', from: 'settings file, line 7' },
      { key: 'budget.cpuShare', value: '0.01', from: 'PULSEWIRE_BUDGET' },
      { key: 'dataFolder', value: '[…]', from: 'settings file, line 7' },
      { key: 'port', value: '9742', from: 'settings file, line 7' },
      { key: 'view.layout', value: '{1}', from: 'settings file, line 7' },
      { key: 'view.theme', value: 'dark', from: 'settings file, line 7' },
    ]);
    expect(configuration.problems).toEqual([{ line: 3, column: 5, message: 'must be a number, and is […]' }]);
    expect(audit).toEqual({ entries: 1, unreadable: 0, counts: { 'device.changed done': 1 } });
    expect(dataFolder.entries).toEqual([
      { name: '[…]', kind: 'file', mode: '0644', isOwn: true, files: 1, bytes: 43 },
      { name: 'audit.log', kind: 'file', mode: '0600', isOwn: true, files: 1, bytes: expect.any(Number) },
      { name: 'tokens', kind: 'folder', mode: '0700', isOwn: true, files: 1, bytes: 64 },
    ]);
    expect(versions).toMatchObject({ pulsewire: '1.2.3', node: process.versions.node, electron: null });
  });

  it('is what its schema says and no more, however many clients there are', async () => {
    for (let count = 0; count < 150; count++) new MemoryClient(monitor).hello();
    const made = await report.create(false);
    expect(v.parse(diagnosticsReportSchema, made)).toEqual(made);
    expect([made.live?.clientCount, made.live?.clients.length]).toEqual([150, 100]);
    expect(JSON.stringify(made).length).toBeLessThan(200_000);
  });

  it('is written for its owner alone, and over nothing that is there unless that is asked for', async () => {
    const made = await report.create(false);
    const path = join(folder, 'bundle.json');
    await writeReport(path, made, false);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(made);
    await writeFile(path, 'mine');
    await expect(writeReport(path, made, false)).rejects.toThrow(/There is a file .* already/);
    expect(await readFile(path, 'utf8')).toBe('mine');
    await chmod(path, 0o644);
    await writeReport(path, made, true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(writeReport(join(folder, 'none', 'x.json'), made, false)).rejects.toThrow(
      /cannot be written/,
    );
  });
});
