import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig, readConfig } from './config.ts';
import { defaultLimits, type Limits } from '../../shared/protocol/index.ts';
import { locateDataFolder, prepareDataFolder } from './data-folder.ts';
import { limitRanges } from './limits-config.ts';

const parse = (text: string) => parseConfig(text, '/etc/c.json');

describe('config', () => {
  it('takes every setting, and none', () => {
    expect(parse('{}')).toEqual({});
    const full = { port: 0, bind: 'localhost', limits: { maxClients: 2_000, maxClientsPerAddress: 5 } };
    expect(parse(JSON.stringify(full))).toEqual(full);
    const budget = { cpuShare: 0.01, memoryBytes: 2e8, forksPerSecond: null, onBattery: { cpuShare: null } };
    expect(parse(JSON.stringify({ budget }))).toEqual({ budget });
  });

  it('takes every limit there is, at its least, at its most and as it is by default', () => {
    for (const key of Object.keys(defaultLimits) as (keyof Limits)[]) {
      const { least, most } = limitRanges[key];
      expect([key, defaultLimits[key] >= least && defaultLimits[key] <= most]).toEqual([key, true]);
      for (const value of [least - 1, most + 1]) {
        expect(messageOf(() => parse(JSON.stringify({ limits: { [key]: value } })))).toContain(
          `"limits.${key}"`,
        );
      }
    }
    expect(parse(JSON.stringify({ limits: defaultLimits }))).toEqual({ limits: defaultLimits });
    for (const end of ['least', 'most'] as const) {
      const limits = Object.fromEntries(
        Object.entries(limitRanges).map(([key, bounds]) => [key, bounds[end]]),
      );
      expect(parse(JSON.stringify({ limits }))).toEqual({ limits });
    }
  });

  it.each([
    ['{\n  "port": 9740,\n}', 'line 3, column 1: this is not JSON'],
    ['', 'line 1, column 1: this is not JSON'],
    ['{"port": 1', 'line 1, column 11: this is not JSON'],
    ['{"port": 1} x', 'line 1, column 13: this is not JSON'],
    ['{\n  port: 1\n}', 'line 2, column 3: this is not JSON'],
    ['[]', 'line 1, column 1: it must be an object'],
    ['{\n  "prot": 1\n}', 'line 2, column 11: "prot" is not a setting'],
    ['{"limits": {\n "maxClient": 3}}', 'line 2, column 15: "limits.maxClient" is not a setting'],
    ['{"port": "9740"}', 'line 1, column 10: "port" must be a number'],
    ['{"port": 65536}', 'line 1, column 10: "port" must be 0 to 65535'],
    ['{"port": 1.5}', '"port" must be a whole number'],
    ['{"limits": {"maxClients": 0}}', '"limits.maxClients" must be at least 1'],
    ['{"limits": {"closeGraceMs": 5.5}}', '"limits.closeGraceMs" must be a whole number'],
    ['{"limits": {\n"messageBurst": "30"}}', 'line 2, column 17: "limits.messageBurst" must be a number'],
    [
      '{"limits": {\n"maxInboundBytes": 1000}}',
      'line 2, column 20: "limits.maxInboundBytes" must be at least 1024',
    ],
    [
      '{"limits": {\n"queueMarkBytes": 2000000}}',
      'line 2, column 19: "limits.queueMarkBytes" must be at most queueCloseBytes, which is 1048576',
    ],
    [
      '{"limits": {\n"queueCloseBytes": 200000}}',
      'line 2, column 20: "limits.queueCloseBytes" must be at least queueMarkBytes, which is 262144',
    ],
    [
      '{"limits": {"minIntervalMs": 2000, "maxIntervalMs": 1000}}',
      '"limits.minIntervalMs" must be at most maxIntervalMs, which is 1000',
    ],
    [
      '{"bind": "desk.local"}',
      '"bind" must be an address of this machine, as 127.0.0.1 or 192.168.1.5, or * for all',
    ],
    ['{"sharing": true}', '"sharing" must be an object'],
    ['{"sharing": {"enabled": 1}}', '"sharing.enabled" must be true or false'],
    ['{"sharing": {"on": true}}', '"sharing.on" is not a setting'],
    ['{"budget": {"cpu": 1}}', '"budget.cpu" is not a setting'],
    ['{"budget": 1}', '"budget" must be an object'],
    ['{"limits": 3}', '"limits" must be an object'],
    ['{"budget": {\n"cpuShare": "2 %"}}', 'line 2, column 13: "budget.cpuShare" must be a number or null'],
    ['{"budget": {"cpuShare": 0}}', '"budget.cpuShare" must be a share of one core of at least 0.001'],
    ['{"budget": {"memoryBytes": 200}}', '"budget.memoryBytes" must be at least 16777216 bytes'],
    ['{"budget": {"forksPerSecond": -1}}', '"budget.forksPerSecond" must be 0 to 1000'],
    ['{"budget": {"onBattery": 3}}', '"budget.onBattery" must be an object'],
    ['{"budget": {"onBattery": {"onBattery": {}}}}', '"budget.onBattery.onBattery" is not a setting'],
  ])('says in one line what is wrong with %j', (text, expected) => {
    const message = messageOf(() => parse(text));
    expect(message).toContain('/etc/c.json');
    expect(message).toContain(expected);
    expect(message).not.toContain('\n');
  });
});

describe('the files', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'pulsewire-config-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('counts a config file that is not there as empty, unless it was named', async () => {
    expect(await readConfig(join(root, 'none.json'), false)).toEqual({});
    await expect(readConfig(join(root, 'none.json'), true)).rejects.toThrow('there is no such file');
    await expect(readConfig(root, false)).rejects.toThrow('cannot be read');
  });

  it('makes the data folder for its owner alone', async () => {
    const folder = locateDataFolder(join(root, 'a', 'b'));
    await prepareDataFolder(folder);
    expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
    expect(folder.configFile).toBe(join(root, 'a', 'b', 'config.json'));
  });

  it('leaves the mode of a folder that was there', async () => {
    await mkdir(join(root, 'open'), { mode: 0o755 });
    await prepareDataFolder(locateDataFolder(join(root, 'open')));
    expect((await stat(join(root, 'open'))).mode & 0o777).toBe(0o755);
  });

  it('says so where a file is in the data folder’s place', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(prepareDataFolder(locateDataFolder(join(root, 'file')))).rejects.toThrow(
      /cannot be used: .+\.$/,
    );
    await expect(prepareDataFolder(locateDataFolder(join(root, 'file', 'x')))).rejects.toThrow(
      'a file in its place',
    );
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    return (thrown as Error).message;
  }
  throw new Error('Nothing was thrown.');
}
