import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { containersRawSchema, type ContainerRaw, type ContainersRaw } from '../../../shared/series/raw/container.ts'; // prettier-ignore
import type { ProbeClient } from '../../probe/probe-client.ts';
import { makeTree } from '../testing/make-tree.ts';
import { createProbeHere } from '../testing/probe-here.ts';
import { createLinuxContainerCollector } from './linux.ts';

const signal = new AbortController().signal;
const docker = '4f8c1d2b'.repeat(8);
const rootless = 'a0b1c2d3'.repeat(8);
const fixture = join(import.meta.dirname, '../fixtures/fedora-laptop');
const hostile = '$(touch x)<img src=x onerror=alert(1)>';
let root: string;
let clock: FakeClock;
let probe: ProbeClient;
let collector: Collector<'container'>;
let asked: string[];
let answer: (path: string) => unknown;

beforeEach(() => {
  root = fixture;
  clock = new FakeClock();
  asked = [];
  answer = () => [{ id: docker, name: hostile, image: 'nginx:1.29' }];
  open();
});

afterEach(async () => {
  await collector[Symbol.asyncDispose]?.();
  await probe[Symbol.asyncDispose]();
  if (root !== fixture) rmSync(root, { recursive: true });
});

/** Has the machine where it can be changed. */
function copyMachine(): void {
  root = mkdtempSync(join(tmpdir(), 'pulsewire-containers-'));
  for (const part of ['proc', 'sys/block', 'sys/fs']) cpSync(join(fixture, part), join(root, part), { recursive: true }); // prettier-ignore
  open();
}

function open(): void {
  probe = createProbeHere(clock, {
    containers: async (params) => {
      const { path } = params as { path: string };
      asked.push(path);
      return answer(path);
    },
  });
  collector = createLinuxContainerCollector(
    {
      clock,
      procRoot: join(root, 'proc'),
      sysRoot: join(root, 'sys'),
      runRoot: '/run',
      environment: { XDG_RUNTIME_DIR: '/run/user/1000' },
    },
    probe,
  );
}

async function read(): Promise<ContainersRaw> {
  const reading = Promise.resolve(collector.read(signal));
  let isDone = false;
  void reading.finally(() => (isDone = true));
  for (await clock.advance(0); !isDone;) await clock.advance(50);
  return v.parse(containersRawSchema, await reading);
}

const failing = (code: string) => (): never => {
  throw Object.assign(new Error('No.'), { code });
};
const group = (path: string): string => join(root, 'sys/fs/cgroup', path);
const find = ({ containers }: ContainersRaw, id: string): ContainerRaw | undefined =>
  containers.find((container) => container.id === id);

describe('the containers of a laptop', () => {
  it('are those of every engine, wherever in the tree, and none of what watches over them', async () => {
    const { containers } = await read();
    expect(containers.map(({ engine, id }) => `${engine} ${id.slice(0, 8)}`).toSorted()).toEqual([
      'containerd 0123abcd',
      'docker 4f8c1d2b',
      'lxc web',
      'podman a0b1c2d3',
      'podman feed5eed',
    ]);
  });

  it('have what they used and may use, and traffic once where a volume stands on a disk', async () => {
    expect(find(await read(), docker)).toEqual({
      id: docker,
      name: hostile,
      image: 'nginx:1.29',
      engine: 'docker',
      startedWallMs: 1_760_000_000_000 + 1_234_560,
      cpuMicros: 7_654_321,
      memoryBytes: 157_286_400,
      tasks: 17,
      readBytes: 4_096_000,
      writtenBytes: 8_192,
      throttledMicros: 123_456,
      memoryLimitBytes: 268_435_456,
      limitCores: 1.5,
      oomKills: 2,
    });
  });

  it('have nulls for controllers that are off and limits that are not set', async () => {
    const raw = await read();
    expect(find(raw, 'web')).toMatchObject({ name: 'web', cpuMicros: 42, tasks: 9, memoryBytes: null, readBytes: null, limitCores: null, startedWallMs: null }); // prettier-ignore
    expect(find(raw, rootless)).toMatchObject({ throttledMicros: null, memoryLimitBytes: null, oomKills: 0 });
  });
});

describe('reading containers', () => {
  it('is done at once between two walks, through descriptors that are kept', async () => {
    copyMachine();
    await read();
    writeFileSync(join(group(`system.slice/docker-${docker}.scope`), 'memory.current'), '5\n');
    const next = collector.read(signal) as ContainersRaw;
    expect(find(next, docker)?.memoryBytes).toBe(5);
  });

  it('walks the tree again when the number of its groups has changed, or after a while', async () => {
    copyMachine();
    await read();
    rmSync(group(`system.slice/docker-${docker}.scope`), { recursive: true });
    makeTree(group(''), { 'lxc.payload.new/cpu.stat': 'usage_usec 1' });
    await clock.advance(8_000);
    expect(find(await read(), 'new')).toBeUndefined();
    makeTree(group(''), { 'cgroup.stat': 'nr_descendants 132' });
    const next = await read();
    expect(find(next, docker)).toBeUndefined();
    expect(find(next, 'new')).toMatchObject({ cpuMicros: 1 });
    rmSync(group('lxc.payload.new'), { recursive: true });
    await clock.advance(10_000);
    expect(find(await read(), 'new')).toBeUndefined();
  });

  it('knows anew when one was started that was started again', async () => {
    copyMachine();
    await read();
    writeFileSync(join(group(`system.slice/docker-${docker}.scope`), 'cpu.stat'), 'usage_usec 1\n');
    writeFileSync(join(group(`system.slice/docker-${docker}.scope`), 'cgroup.procs'), '4243\n');
    expect(find(await read(), docker)).toMatchObject({
      cpuMicros: 1,
      startedWallMs: 1_760_000_000_000 + 2_000_000,
    });
  });

  it('takes names with escapes for what they stand for, and no virtual machine for a container', async () => {
    copyMachine();
    makeTree(group(''), {
      'machine.slice/machine-web\\x2d1.scope/cpu.stat': 'usage_usec 1',
      'machine.slice/machine-qemu\\x2d1\\x2dwin.scope/cpu.stat': 'usage_usec 1',
      [`system.slice:docker:${'9'.repeat(64)}/cpu.stat`]: 'usage_usec 1',
      [`docker/${'8'.repeat(64)}/cpu.stat`]: 'usage_usec 1',
    });
    const { containers } = await read();
    const found = containers.map(({ engine, id, name }) => `${engine} ${name ?? id.slice(0, 4)}`);
    expect(found).toContain('nspawn web-1');
    expect(found).toContain('docker 9999');
    expect(found).toContain('docker 8888');
    expect(containers).toHaveLength(8);
  });

  it('is unsupported without control groups', async () => {
    copyMachine();
    expect(collector.probe()).toEqual({ status: 'ok' });
    rmSync(group(''), { recursive: true });
    await collector[Symbol.asyncDispose]?.();
    open();
    expect(collector.probe()).toMatchObject({ status: 'unsupported' });
    expect(await read()).toEqual({ containers: [], namesRemedy: null });
  });

  it('reads the trees of version 1', async () => {
    copyMachine();
    rmSync(group(''), { recursive: true });
    const name = `docker/${docker}`;
    makeTree(group(''), {
      [`systemd/${name}/cgroup.procs`]: '4242',
      [`cpu,cpuacct/${name}/cpuacct.usage`]: 5_000_000,
      [`cpu,cpuacct/${name}/cpu.stat`]: 'nr_periods 1\nnr_throttled 1\nthrottled_time 7000',
      [`cpu,cpuacct/${name}/cpu.cfs_quota_us`]: 50_000,
      [`cpu,cpuacct/${name}/cpu.cfs_period_us`]: 100_000,
      [`memory/${name}/memory.usage_in_bytes`]: 123,
      [`memory/${name}/memory.limit_in_bytes`]: '9223372036854771712',
      [`memory/${name}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 3',
      [`pids/${name}/pids.current`]: 4,
      [`blkio/${name}/blkio.throttle.io_service_bytes`]: '8:0 Read 5\n8:0 Write 6\nTotal 11',
    });
    const { containers } = await read();
    expect(containers).toMatchObject([{ id: docker, engine: 'docker', startedWallMs: 1_760_001_234_560, cpuMicros: 5_000, throttledMicros: 7, memoryBytes: 123, memoryLimitBytes: null, limitCores: 0.5, oomKills: 3, tasks: 4, readBytes: 5, writtenBytes: 6 }]); // prettier-ignore
  });
});

describe('the names of containers', () => {
  it('are asked of the engines whose containers there are, again only for one that none has named', async () => {
    copyMachine();
    answer = (path) =>
      path.includes('podman') ? [{ id: rootless, name: 'db', image: null }, { id: 'feed5eed'.repeat(8), name: 'web', image: null }] : [{ id: docker, name: 'a', image: 'b' }]; // prettier-ignore
    const raw = await read();
    expect(asked.toSorted()).toEqual(['/run/docker.sock', '/run/podman/podman.sock', '/run/user/1000/docker.sock', '/run/user/1000/podman/podman.sock']); // prettier-ignore
    expect(find(raw, rootless)?.name).toBe('db');
    for (let turn = 0; turn < 4; turn++) {
      await clock.advance(2_000);
      await read();
    }
    expect(asked).toHaveLength(4);
    makeTree(group(''), { [`system.slice/docker-${'7'.repeat(64)}.scope/cpu.stat`]: 'usage_usec 1' });
    await clock.advance(2_000);
    await read();
    expect(asked).toHaveLength(8);
  });

  it('are not waited for where an engine does not answer, but for a moment at first', async () => {
    answer = () => new Promise(() => undefined);
    const startMs = clock.monotonic();
    expect(find(await read(), docker)).toMatchObject({ name: null, cpuMicros: 7_654_321 });
    expect(clock.monotonic() - startMs).toBeLessThanOrEqual(600);
    for (let turn = 0; turn < 3; turn++) {
      await clock.advance(2_000);
      expect(find(collector.read(signal) as ContainersRaw, docker)).toBeDefined();
    }
    expect(probe.stuck()).toContain('containers /run/docker.sock');
  });

  it.each([
    ['EACCES', 'Run `sudo usermod -aG docker '],
    ['EACCES', 'Run `sudo setfacl -m u:'],
    ['unsupported', 'Run `sudo systemctl start docker.socket`'],
    ['unsupported', 'Run `sudo systemctl enable --now podman.socket`'],
    ['io', '/run/docker.sock gives no usable answer'],
  ])('are missing with what to do about it: %s, %s', async (code, remedy) => {
    answer = failing(code);
    const { namesRemedy } = await read();
    expect(namesRemedy).toContain(remedy);
    expect(namesRemedy).toContain('sudo crictl ps');
  });

  it('stay as they were while an engine is restarted', async () => {
    expect(find(await read(), docker)?.name).toBe(hostile);
    answer = failing('unsupported');
    await clock.advance(60_000);
    expect(find(await read(), docker)?.name).toBe(hostile);
  });
});
