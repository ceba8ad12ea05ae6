import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { servicesRawSchema, type ServiceRaw, type ServicesRaw } from '../../../shared/series/raw/service.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import type { SystemdUnits } from '../../probe/probe-messages.ts';
import { makeTree } from '../testing/make-tree.ts';
import { createProbeHere } from '../testing/probe-here.ts';
import { createLinuxServiceCollector } from './linux.ts';

const signal = new AbortController().signal;
let root: string;
let clock: FakeClock;
let probe: ProbeClient;
let collector: Collector<'service'>;
let asked: string[];
let answer: () => SystemdUnits | Promise<SystemdUnits>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pulsewire-services-'));
  for (const part of ['sys/block', 'sys/fs/cgroup/system.slice', 'sys/fs/cgroup/user.slice']) {
    cpSync(join(import.meta.dirname, '../fixtures/fedora-laptop', part), join(root, part), {
      recursive: true,
    });
  }
  makeTree(join(root, 'sys/fs/cgroup'), {
    'cgroup.controllers': 'cpu memory',
    'cgroup.stat': 'nr_descendants 9',
  });
  mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  clock = new FakeClock();
  asked = [];
  answer = () => ({
    systemState: 'degraded',
    units: [
      { name: 'sshd.service', description: 'OpenSSH server', state: 'active', detail: 'running' },
      { name: 'backup.service', description: '<img src=x>', state: 'failed', detail: 'failed' },
      { name: 'later.service', description: null, state: 'refreshing', detail: null },
    ],
  });
  probe = createProbeHere(clock, {
    systemdUnits: async (params) => {
      asked.push((params as { path: string }).path);
      return answer();
    },
  });
  const [sysRoot, runRoot] = [join(root, 'sys'), join(root, 'run')];
  collector = createLinuxServiceCollector({ clock, procRoot: '/nonexistent', sysRoot, runRoot }, probe);
});

afterEach(async () => {
  await collector[Symbol.asyncDispose]?.();
  await probe[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

async function read(): Promise<ServicesRaw> {
  const reading = Promise.resolve(collector.read(signal));
  let isDone = false;
  void reading.finally(() => (isDone = true));
  for (await clock.advance(0); !isDone;) await clock.advance(50);
  return v.parse(servicesRawSchema, await reading);
}

const find = ({ services }: ServicesRaw, name: string): ServiceRaw | undefined =>
  services.find((service) => service.name === name);
const failing = (code: string) => (): never => {
  throw Object.assign(new Error('No.'), { code });
};

describe('the services of a laptop', () => {
  it('have their states by systemd and what they use by their control groups', async () => {
    const raw = await read();
    expect(raw.systemState).toBe('degraded');
    expect(raw.remedy).toBeNull();
    expect(find(raw, 'sshd.service')).toEqual({ name: 'sshd.service', description: 'OpenSSH server', state: 'active', detail: 'running', cpuMicros: 1_200_345, memoryBytes: 6_553_600, tasks: 1, readBytes: 0, writtenBytes: 0 }); // prettier-ignore
    expect(find(raw, 'backup.service')).toMatchObject({ description: '<img src=x>', state: 'failed', cpuMicros: null, memoryBytes: null }); // prettier-ignore
    expect(find(raw, 'later.service')?.state).toBe('unknown');
    expect(asked).toEqual([join(root, 'run/dbus/system_bus_socket')]);
  });

  it('include one that runs and that systemd has not named yet, not those of a user’s own manager', async () => {
    const raw = await read();
    expect(find(raw, 'nginx.service')).toMatchObject({ state: 'active', description: null, readBytes: 1_048_576 }); // prettier-ignore
    expect(find(raw, 'getty@tty1.service')).toMatchObject({ tasks: 1 });
    expect(find(raw, 'user@1000.service')).toMatchObject({ tasks: 300 });
    expect(find(raw, 'gnome-keyring.service')).toBeUndefined();
    expect(raw.services.some(({ name }) => !name.endsWith('.service'))).toBe(false);
  });
});

describe('reading services', () => {
  it('asks systemd every ten seconds while nobody waits, and reads groups each time', async () => {
    await read();
    for (let second = 0; second < 30; second += 5) {
      await clock.advance(5_000);
      await read();
    }
    expect(asked).toHaveLength(4);
    answer = () => new Promise(() => undefined);
    await clock.advance(5_000);
    writeFileSync(join(root, 'sys/fs/cgroup/system.slice/sshd.service/memory.current'), '7\n');
    const next = collector.read(signal) as ServicesRaw;
    expect(find(next, 'sshd.service')).toMatchObject({ state: 'active', memoryBytes: 7 });
  });

  it('is held up by a bus that hangs for a moment at first only, and does not show old states for ever', async () => {
    await read();
    answer = () => new Promise(() => undefined);
    await clock.advance(55_000);
    expect((await read()).systemState).toBe('degraded');
    await clock.advance(65_000);
    const raw = await read();
    expect(raw).toMatchObject({
      systemState: null,
      remedy: expect.stringContaining('systemctl status dbus'),
    });
    expect(find(raw, 'backup.service')).toBeUndefined();
    expect(find(raw, 'sshd.service')?.cpuMicros).toBe(1_200_345);
    expect(probe.stuck()).toEqual([`systemdUnits ${join(root, 'run/dbus/system_bus_socket')}`]);
  });

  it.each([
    ['unsupported', 'Run `sudo systemctl start dbus.socket`'],
    ['EACCES', 'Run `ls -l '],
    ['timeout', 'See `systemctl status dbus`'],
  ])('lists those that run where systemd cannot be asked, and says why: %s', async (code, remedy) => {
    answer = failing(code);
    const raw = await read();
    expect(raw.services.map(({ name }) => name).toSorted()).toEqual(['docker.service', 'getty@tty1.service', 'nginx.service', 'sshd.service', 'user@1000.service']); // prettier-ignore
    expect(raw.remedy).toContain(remedy);
    expect(raw.systemState).toBeNull();
  });

  it('is unsupported where systemd does not run the machine, and not where only its folder is hidden', async () => {
    expect(await collector.probe()).toEqual({ status: 'ok' });
    rmSync(join(root, 'run'), { recursive: true });
    await clock.advance(60_000);
    expect(await collector.probe()).toEqual({ status: 'ok' });
    expect((await read()).remedy).toContain('mount /run/systemd and /run/dbus of the host');
    expect(asked).toEqual([]);
    rmSync(join(root, 'sys/fs/cgroup'), { recursive: true });
    await clock.advance(60_000);
    expect(await collector.probe()).toMatchObject({ status: 'unsupported' });
  });

  it('has services without usage where version 1 does not account for them', async () => {
    rmSync(join(root, 'sys/fs/cgroup'), { recursive: true });
    makeTree(join(root, 'sys/fs/cgroup'), {
      'systemd/system.slice/sshd.service/cgroup.procs': 5,
      'systemd/system.slice/cron.service/cgroup.procs': 6,
      'memory/system.slice/cron.service/memory.usage_in_bytes': 77,
    });
    answer = failing('unsupported');
    const { services } = await read();
    expect(services).toMatchObject([
      { name: 'cron.service', cpuMicros: null, memoryBytes: 77 },
      { name: 'sshd.service', cpuMicros: null, memoryBytes: null },
    ]);
  });
});
