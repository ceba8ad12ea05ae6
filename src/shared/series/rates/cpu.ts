import type { CpuRaw, CpuTimes } from '../raw/cpu.ts';
import type { Discontinuity, Section } from '../sample.ts';
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

export interface CpuRates {
  readonly total: CpuShares;
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
  return {
    status: 'ok',
    total,
    cores: after.cores.map(({ id, times }) => {
      const earlier = known.get(id);
      return { id, shares: earlier ? deriveCpuShares(earlier, times) : gap('first') };
    }),
    contextSwitchesPerSecond: deriveOptional(before.contextSwitches, after.contextSwitches, seconds),
    interruptsPerSecond: deriveOptional(before.interrupts, after.interrupts, seconds),
    forksPerSecond: deriveOptional(before.forks, after.forks, seconds),
  };
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
