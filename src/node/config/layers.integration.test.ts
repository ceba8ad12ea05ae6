import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { locateDataFolder } from './data-folder.ts';
import type { GivenValues } from './given-settings.ts';
import { openSettings } from './open-settings.ts';

let folder: string;
let machinePath: string;
let logged: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-layers-'));
  machinePath = join(folder, 'machine.json');
  logged = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Layers {
  readonly machine?: string;
  readonly own?: string;
  readonly environment?: GivenValues;
  readonly flags?: GivenValues;
  readonly isStrict?: boolean;
  readonly policy?: string;
}
async function open({ machine, own, policy, environment = {}, flags = {}, isStrict = true }: Layers) {
  const policyPath = join(folder, 'policy.json');
  if (policy !== undefined) await writeFile(policyPath, policy);
  const { configFile, ...rest } = locateDataFolder(folder);
  if (machine !== undefined) await writeFile(machinePath, machine);
  if (own !== undefined) await writeFile(configFile, own);
  return openSettings({
    folder: { ...rest, configFile },
    clock: systemClock,
    log: (level, message) => void logged.push(`${level}: ${message}`),
    isStrict,
    environment: { systemConfig: machinePath, ...environment },
    flags,
    policyPath,
  });
}

describe('the policy of a machine', () => {
  it('holds over everything, says where it comes from, and is changed by nobody', async () => {
    const settings = await open({
      policy: '{"app": {"updates": "off"}, "sharing": {"enabled": false}}',
      own: '{"app": {"updates": "download", "closeToTray": false}}',
      flags: { share: true },
    });
    expect(settings.current()).toMatchObject({
      app: { updates: 'off', closeToTray: false },
      sharing: { enabled: false },
    });
    expect(settings.locked()).toEqual(['app.updates', 'sharing.enabled']);
    expect(settings.originOf('sharing.enabled')).toBe(join(folder, 'policy.json'));
    for (const path of [['app', 'updates'], ['sharing'], ['app', 'updates', 'x']]) {
      await expect(settings.change([{ path, value: null }])).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('decided by the administrator') as string,
      });
    }
    await settings.change([{ path: ['app', 'closeToTray'], value: true }]);
    expect(settings.current()).toMatchObject({ app: { updates: 'off', closeToTray: true } });
  });

  it('that makes no sense is refused by a host without a window, and named by the app, which keeps to the rest', async () => {
    const policy = '{"app": {"updates": "never", "startAtLogin": true}}';
    await expect(open({ policy })).rejects.toThrow(/policy\.json is broken.*"app.updates" must be one of/);
    const settings = await open({ policy, isStrict: false });
    expect(settings.current().app).toEqual({ startAtLogin: true });
    expect(logged).toMatchObject(
      [/^error: .*policy\.json.*left out of the policy/].map((line) => expect.stringMatching(line) as string),
    );
    const broken = await open({ policy: '{', isStrict: false });
    expect(broken.locked()).toEqual([]);
  });
});

describe('settings in layers', () => {
  it('hold where no layer above says otherwise, and each tells where it comes from', async () => {
    const settings = await open({
      machine:
        '{\n "port": 1, "bind": "127.0.0.1",\n "limits": {"maxClients": 9}, "sharing": {"announce": false}}',
      own: '{"port": 2,\n "limits": {"maxSubscriptions": 3}, "allowedHosts": ["a"], "trustedProxies": ["127.0.0.1"]}',
      environment: { port: 3, logLevel: 'warning', allowedHosts: ['b', 'c'] },
      flags: { port: 4, share: true },
    });
    expect(settings.current()).toEqual({
      port: 4,
      bind: '127.0.0.1',
      limits: { maxClients: 9, maxSubscriptions: 3 },
      sharing: { announce: false, enabled: true },
      // A list counts as a whole.
      allowedHosts: ['b', 'c'],
      trustedProxies: ['127.0.0.1'],
      log: { level: 'warning' },
    });
    const own = join(folder, 'config.json');
    const origins = Object.fromEntries(
      [
        'port',
        'bind',
        'limits.maxClients',
        'limits.maxSubscriptions',
        'allowedHosts',
        'log.level',
        'sampling',
      ].map((key) => [key, settings.originOf(key)]),
    );
    expect(origins).toEqual({
      port: '--port',
      bind: `${machinePath}:2`,
      'limits.maxClients': `${machinePath}:3`,
      'limits.maxSubscriptions': `${own}:2`,
      allowedHosts: 'PULSEWIRE_ALLOWED_HOSTS',
      'log.level': 'PULSEWIRE_LOG_LEVEL',
      sampling: null,
    });
  });

  it('are refused by the name of the file that is wrong, or of both where they do not go together', async () => {
    await expect(open({ machine: '{\n"port": "x"}' })).rejects.toThrow(
      `The config file ${machinePath} is broken, line 2, column 9: "port" must be a number.`,
    );
    const layers = {
      machine: '{"limits": {"queueMarkBytes": 600000}}',
      own: '{"limits":\n {"queueCloseBytes": 500000}}',
    };
    await expect(open(layers)).rejects.toThrow(
      `The settings do not go together: "limits.queueMarkBytes" (${machinePath}:1) must be at most queueCloseBytes, which is 500000.`,
    );
    const settings = await open({ ...layers, isStrict: false });
    expect(settings.current().limits).toEqual({ queueCloseBytes: 500_000 });
    expect(logged.join()).toContain('do not go together');
  });

  it('are followed and read anew in every file, and none but the own one is ever written', async () => {
    const machine = '{"sampling": {"intervalMs": 1000}}';
    const settings = await open({ machine, own: '{}' });
    const scope = new TaskScope('test', { clock: systemClock });
    await settings.watch(scope);
    const changed = new Promise<void>((resolve) => settings.onChange(() => resolve()));
    await writeFile(machinePath, '{"sampling": {"intervalMs": 2000}}');
    await changed;
    expect(settings.current().sampling).toEqual({ intervalMs: 2_000 });
    await settings.change([{ path: ['sampling', 'intervalMs'], value: 3_000 }]);
    expect(settings.current().sampling).toEqual({ intervalMs: 3_000 });
    await settings.change([{ path: ['sampling', 'intervalMs'], value: undefined }]);
    expect(settings.current().sampling).toEqual({ intervalMs: 2_000 });
    await scope.close('The test is over.');
    await writeFile(machinePath, '{"sampling": {"intervalMs": 4000}, "port": 5}');
    await settings.reload();
    expect(settings.current()).toMatchObject({ port: 5, sampling: { intervalMs: 4_000 } });
    expect(settings.needRestart()).toEqual(['port']);
  });
});
