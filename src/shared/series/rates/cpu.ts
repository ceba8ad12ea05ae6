import type { CpuCgroup, CpuRaw, CpuTimes } from '../raw/cpu.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { derivePressureShares, type PressureShares } from './pressure.ts';
import { deriveOptional, deriveSpan, gap, type Rated } from './span.ts';

/** Shares of the time that passed, 0 to 1; the six states add up to 1. */
export interface CpuShares {
  /** All that was not idle and not waiting for a disk. */
  readonly used: number;
  /** User time with niced, guests counted once. */
  readonly user: number;
  readonly system: number;
  /** Time in interrupt handlers, hard and soft. */
  readonly irq: number;
  readonly iowait: number;
  readonly steal: number;
  readonly idle: number;
}

/** What the control group did that bounds this host. Each is null where it is not told, or was reset. */
export interface CpuCgroupRates {
  /** Cores' worth of time that it used, of `limitCores` that it may. */
  readonly usedCores: number | null;
  /** The one divided by the other: share of what it may use, 0 to 1. */
  readonly usedShare: number | null;
  /** Share of its enforcement periods that were cut short, 0 to 1; 0 where it asked for nothing. */
  readonly throttledShare: number | null;
}

export interface CpuRates {
  /** Of the whole machine, whatever part of it this host may use. */
  readonly total: CpuShares;
  /**
   * Share of what this host may use, 0 to 1: the group's `usedShare` where a control group bounds it, which is null
   * as that is; the machine's `total.used` where none does.
   */
  readonly usedOfAllowed: number | null;
  /** How many cores that is: the group's limit, else those of the machine. */
  readonly allowedCores: number;
  /** Null where no group bounds this host. */
  readonly cgroup: CpuCgroupRates | null;
  readonly pressure: PressureShares | null;
  readonly cores: readonly { readonly id: number; readonly shares: Rated<CpuShares> }[];
  readonly contextSwitchesPerSecond: number | null;
  readonly interruptsPerSecond: number | null;
  readonly forksPerSecond: number | null;
}

/** Rates of the processor between two readings. `discontinuity` is that of the later sample. */
export function deriveCpuRates(
  previous: Section<CpuRaw> | undefined,
  next: Section<CpuRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<CpuRates> {
  const span = deriveSpan<'cpu'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const { before, after, seconds } = span;
  const total = deriveCpuShares(before.total, after.total);
  if (total.status === 'gap') return total;
  const known = new Map(before.cores.map(({ id, times }) => [id, times]));
  const limitCores = after.cgroup?.limitCores ?? null;
  const cgroup = after.cgroup && deriveCgroupRates(before.cgroup, after.cgroup, after.cores.length, seconds);
  return {
    status: 'ok',
    total,
    usedOfAllowed: cgroup && limitCores !== null ? cgroup.usedShare : total.used,
    allowedCores: limitCores ?? after.cores.length,
    cgroup,
    pressure: derivePressureShares(before.pressure, after.pressure, seconds),
    cores: after.cores.map(({ id, times }) => {
      const earlier = known.get(id);
      return { id, shares: earlier ? deriveCpuShares(earlier, times) : gap('first') };
    }),
    contextSwitchesPerSecond: deriveOptional(before.contextSwitches, after.contextSwitches, seconds),
    interruptsPerSecond: deriveOptional(before.interrupts, after.interrupts, seconds),
    forksPerSecond: deriveOptional(before.forks, after.forks, seconds),
  };
}

/** Counters of another group, or of one that began anew, say nothing of the time between. */
function deriveCgroupRates(
  before: CpuCgroup | null,
  after: CpuCgroup,
  cores: number,
  seconds: number,
): CpuCgroupRates {
  if (!before || before.path !== after.path)
    return { usedCores: null, usedShare: null, throttledShare: null };
  const microsPerSecond = deriveOptional(before.usageMicros, after.usageMicros, seconds);
  // Counter and clock are not read at the same instant, and no group uses more than the machine has.
  const usedCores = microsPerSecond === null ? null : Math.min(cores || Infinity, microsPerSecond / 1e6);
  const periods = deriveOptional(before.periods, after.periods, 1);
  const throttled = deriveOptional(before.throttledPeriods, after.throttledPeriods, 1);
  return {
    usedCores,
    usedShare: usedCores === null || !after.limitCores ? null : Math.min(1, usedCores / after.limitCores),
    throttledShare: periods === null || throttled === null ? null : deriveThrottledShare(throttled, periods),
  };
}

function deriveThrottledShare(throttled: number, periods: number): number {
  return periods > 0 ? Math.min(1, throttled / periods) : 0;
}

/**
 * By how many ticks `idle` and `iowait` may go back without a reset: the kernel's accounting of a core that wakes or
 * goes offline does that (proc_stat(5): iowait "is not reliable").
 */
const idleSlackTicks = 200;

/** Where the time between two readings of one processor went. */
export function deriveCpuShares(before: CpuTimes, after: CpuTimes): Rated<CpuShares> {
  const passed = {} as Record<keyof CpuTimes, number>;
  for (const state of Object.keys(after) as (keyof CpuTimes)[]) {
    const ticks = after[state] - before[state];
    const slack = state === 'idle' || state === 'iowait' ? idleSlackTicks : 0;
    if (ticks < -slack) return gap('reset');
    passed[state] = Math.max(0, ticks);
  }
  // Guests are within user and nice already.
  const user = passed.user + passed.nice;
  const irq = passed.irq + passed.softirq;
  const all = user + passed.system + irq + passed.iowait + passed.steal + passed.idle;
  if (!(all > 0)) return gap('reset');
  return {
    status: 'ok',
    used: (user + passed.system + irq + passed.steal) / all,
    user: user / all,
    system: passed.system / all,
    irq: irq / all,
    iowait: passed.iowait / all,
    steal: passed.steal / all,
    idle: passed.idle / all,
  };
}
