import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { cpuRawSchema, type CpuRaw } from '../../../shared/series/raw/cpu.ts';
import { MadeMachine } from '../testing/made-machine.ts';
import { sourcesOf } from '../testing/recorded.ts';
import { createLinuxCpuCollector } from './linux.ts';

const signal = new AbortController().signal;
const opened: Collector<'cpu'>[] = [];

afterEach(async () => {
  for (const collector of opened.splice(0)) await collector[Symbol.asyncDispose]?.();
});

function open(folder: string, clock?: FakeClock): Collector<'cpu'> {
  const collector = createLinuxCpuCollector(sourcesOf(folder, clock));
  opened.push(collector);
  return collector;
}

async function read(collector: Collector<'cpu'>): Promise<CpuRaw> {
  return v.parse(cpuRawSchema, await collector.read(signal));
}

const stat = 'cpu  4 0 2 90 0 0 0 0 0 0\ncpu0 2 0 1 45 0 0 0 0 0 0\ncpu1 2 0 1 45 0 0 0 0 0 0\n';
const policy = 'sys/devices/system/cpu/cpufreq/policy0';

describe('the cores of a recorded machine', () => {
  it('have a frequency, the bounds of their hardware and their throttling, by the kernel’s number', async () => {
    const { cores } = await read(open('debian-13-desktop'));
    expect(cores.map(({ id, frequencyHz, minFrequencyHz, maxFrequencyHz, throttles }) => [id, frequencyHz, minFrequencyHz, maxFrequencyHz, throttles])).toEqual([
      [0, 1_200_000_000, 800_000_000, 4_700_000_000, 0],
      [1, 2_200_037_000, 800_000_000, 4_700_000_000, 7],
      [3, 4_200_111_000, 800_000_000, 4_700_000_000, 21],
    ]); // prettier-ignore
  });

  it('are found in folders of their own on older kernels, and say what they can', async () => {
    const { cores } = await read(open('debian-10-laptop'));
    expect(cores.map(({ frequencyHz, minFrequencyHz, maxFrequencyHz, throttles }) => [frequencyHz, minFrequencyHz, maxFrequencyHz, throttles])).toEqual([
      [600_000_000, null, 2_600_000_000, null],
      [1_500_000_000, null, 2_600_000_000, null],
      [null, null, null, null],
      [null, null, null, null],
    ]); // prettier-ignore
  });

  it('share the frequency of their policy', async () => {
    using machine = new MadeMachine({
      'proc/stat': stat,
      [`${policy}/related_cpus`]: '0 1\n',
      [`${policy}/scaling_cur_freq`]: '1500000\n',
    });
    const { cores } = await read(open(machine.folder));
    expect(cores.map(({ frequencyHz }) => frequencyHz)).toEqual([1.5e9, 1.5e9]);
  });
});

describe('frequencies', () => {
  it('are read once a second, not at each reading', async () => {
    using machine = new MadeMachine({ 'proc/stat': stat, [`${policy}/related_cpus`]: '0', [`${policy}/scaling_cur_freq`]: '1000000' }); // prettier-ignore
    const clock = new FakeClock();
    const collector = open(machine.folder, clock);
    const hertz = async (): Promise<number | null> => (await read(collector)).cores[0]!.frequencyHz;
    expect(await hertz()).toBe(1e9);
    machine.rewrite(`${policy}/scaling_cur_freq`, '2000000');
    clock.freeze(250);
    expect(await hertz()).toBe(1e9);
    clock.freeze(750);
    expect(await hertz()).toBe(2e9);
    machine.remove(policy);
    clock.freeze(60_000);
    expect(await hertz()).toBeNull();
  });

  it('of a kernel that sleeps for its answer are read beside, and the reading goes on', async () => {
    using machine = new MadeMachine({ 'proc/stat': stat });
    for (const id of [0, 1, 2]) {
      machine.put(`sys/devices/system/cpu/cpufreq/policy${id}/related_cpus`, String(id));
      machine.put(`sys/devices/system/cpu/cpufreq/policy${id}/scaling_cur_freq`, `${id + 1}000000`);
    }
    /** Each look at it is 10 ms after the one before. */
    const slow = new (class extends FakeClock {
      isSlow = true;
      override monotonic(): number {
        if (this.isSlow) this.freeze(10);
        return super.monotonic();
      }
    })();
    const collector = open(machine.folder, slow);
    for (let reading = 0; reading < 3; reading++) await read(collector);
    slow.isSlow = false;
    slow.freeze(30_001);
    // What was known is too old, and what is new comes later.
    expect((await read(collector)).cores.map(({ frequencyHz }) => frequencyHz)).toEqual([null, null]);
    await expect.poll(async () => (await read(collector)).cores.map(({ frequencyHz }) => frequencyHz)).toEqual([1e9, 2e9]); // prettier-ignore
    machine.put('sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq', '3000000');
    slow.freeze(9_999);
    expect((await read(collector)).cores[0]!.frequencyHz).toBe(1e9);
    slow.freeze(1);
    await read(collector);
    await expect.poll(async () => (await read(collector)).cores[0]!.frequencyHz).toBe(3e9);
  });

  it.each(['', '<unknown>', '-1', '9'.repeat(400), 'x\n'])(
    'are unknown where the driver says %j',
    async (text) => {
      using machine = new MadeMachine({ 'proc/stat': stat, [`${policy}/related_cpus`]: '0', [`${policy}/scaling_cur_freq`]: text, [`${policy}/cpuinfo_max_freq`]: text }); // prettier-ignore
      expect((await read(open(machine.folder))).cores[0]).toMatchObject({ frequencyHz: null, maxFrequencyHz: null }); // prettier-ignore
    },
  );
});

describe('throttling', () => {
  const core = (id: number): string => `sys/devices/system/cpu/cpu${id}/thermal_throttle/core_throttle_count`;

  it('is counted anew every ten seconds, and of no core where the first has none', async () => {
    using machine = new MadeMachine({ 'proc/stat': stat, [core(0)]: '1', [core(1)]: '2' });
    const clock = new FakeClock();
    const collector = open(machine.folder, clock);
    const counts = async (): Promise<(number | null)[]> => (await read(collector)).cores.map(({ throttles }) => throttles); // prettier-ignore
    expect(await counts()).toEqual([1, 2]);
    machine.put(core(1), '5');
    clock.freeze(9_999);
    expect(await counts()).toEqual([1, 2]);
    clock.freeze(1);
    expect(await counts()).toEqual([1, 5]);
    machine.remove(core(0));
    clock.freeze(10_000);
    expect(await counts()).toEqual([null, null]);
  });
});

describe('what a control group may use', () => {
  it('comes with what it has used, of the group that sets the limit', async () => {
    expect((await read(open('container-limited'))).cgroup).toEqual({
      path: '/app',
      limitCores: 1.5,
      usageMicros: 81_223_344,
      periods: 12_033,
      throttledPeriods: 344,
      throttledMicros: 9_123_344,
    });
  });

  it('is in microseconds in version 1, too', async () => {
    expect((await read(open('router-old'))).cgroup).toEqual({
      path: '/box',
      limitCores: 0.5,
      usageMicros: 81_223_344.551,
      periods: 500,
      throttledPeriods: 20,
      throttledMicros: 1_500_000,
    });
  });

  it('is a set of cores without a quota, and nothing where that is all of them', async () => {
    using machine = new MadeMachine({
      'proc/stat': stat,
      'proc/self/cgroup': '0::/box\n',
      'sys/fs/cgroup/cpuset.cpus.effective': '0-1\n',
      'sys/fs/cgroup/box/cpuset.cpus.effective': '1\n',
      'sys/fs/cgroup/box/cpu.stat': 'usage_usec 12\n',
    });
    const clock = new FakeClock();
    const collector = open(machine.folder, clock);
    expect((await read(collector)).cgroup).toMatchObject({ path: '/box', limitCores: 1, usageMicros: 12, periods: null }); // prettier-ignore
    machine.put('sys/fs/cgroup/box/cpuset.cpus.effective', '0-1\n');
    expect((await read(collector)).cgroup).not.toBeNull();
    clock.freeze(10_000);
    expect((await read(collector)).cgroup).toBeNull();
  });

  it('is not told as used by what another group has used', async () => {
    using machine = new MadeMachine({
      'proc/stat': stat,
      'proc/self/cgroup': '2:cpuacct:/\n1:cpu:/box\n',
      'sys/fs/cgroup/cpu/box/cpu.cfs_quota_us': '50000',
      'sys/fs/cgroup/cpu/box/cpu.cfs_period_us': '100000',
      'sys/fs/cgroup/cpu/box/cpu.stat': 'nr_periods 3\n',
      'sys/fs/cgroup/cpuacct/cpuacct.usage': '5000',
    });
    expect((await read(open(machine.folder))).cgroup).toMatchObject({ path: '/box', limitCores: 0.5, usageMicros: null, periods: 3 }); // prettier-ignore
  });

  it('outlasts its group: the limit without what was used', async () => {
    using machine = new MadeMachine({ 'proc/stat': stat, 'proc/self/cgroup': '0::/box\n', 'sys/fs/cgroup/box/cpu.max': '50000 100000' }); // prettier-ignore
    machine.putPipe('sys/fs/cgroup/box/cpu.stat');
    expect((await read(open(machine.folder))).cgroup).toMatchObject({ limitCores: 0.5, usageMicros: null });
  });
});

describe('the pressure on the processor', () => {
  it('is what some waited; that all did is told of groups only', async () => {
    expect((await read(open('debian-13-desktop'))).pressure).toEqual({ someMicros: 1_834_712_033, fullMicros: null }); // prettier-ignore
    expect((await read(open('centos-6'))).pressure).toBeNull();
  });
});

describe('a processor whose files are not as they should be', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['cut in a number', 'cpu  4 0 2 9'],
    ['absurd', `cpu  ${'9'.repeat(400)} -1 NaN\ncpu0 1\ncpux 5\ncpu${'9'.repeat(30)} 1\nctxt -4\nbtime\n`],
    ['bytes', '\0\xff\n\n::cpu'],
  ];

  it.each(hostile)('reads as what it says, or fails in words: %s', async (_, text) => {
    using machine = new MadeMachine({ 'proc/stat': text, 'proc/loadavg': text, 'proc/pressure/cpu': text, 'proc/self/cgroup': text }); // prettier-ignore
    const reading = read(open(machine.folder));
    const outcome = await reading.catch((thrown: unknown) => thrown);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'io' });
    else expect(outcome).toMatchObject({ load: null, pressure: null, cgroup: null });
  });

  it('does not wait for a pipe in the place of any file', async () => {
    using machine = new MadeMachine({ 'proc/stat': stat });
    for (const path of ['proc/loadavg', 'proc/pressure/cpu', 'proc/self/cgroup', `${policy}/scaling_cur_freq`]) machine.putPipe(path); // prettier-ignore
    const reading = await read(open(machine.folder));
    expect(reading).toMatchObject({ load: null, pressure: null, cgroup: null, total: { user: 4 } });
    machine.putPipe('proc/stat');
    await expect(read(open(machine.folder))).rejects.toMatchObject({ code: 'unsupported' });
  });
});
