import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { listPids, readMachineForks, readTree, type TreeUse } from './process-tree.ts';
import { deriveSpread, type Spread } from './statistics.ts';

/** Something whose cost is measured, in turns with others. */
export interface Subject {
  readonly name: string;
  /** The root of the tree that counts. */
  readonly pid: number;
  /** Begins its work, which it goes on with until `rest`. */
  begin(): Promise<void> | void;
  rest(): Promise<void> | void;
  /** What it has done so far by its own account: asked at both ends of each measurement. */
  readonly account?: () => Promise<Account>;
}

export interface Account {
  /** Programs that it started. */
  readonly forks: number;
  /** Times that it read everything. */
  readonly reads: number;
}

export interface Cost {
  /** Of one core, children included. */
  readonly cpuPercentOfCore: Spread;
  readonly wakeupsPerSecond: Spread;
  /** By its own account, or as many as were seen to be new in the tree, looked for once a second. */
  readonly forksPerSecond: number;
  /** Null where it gives no account of itself. */
  readonly readsPerSecond: number | null;
}

export interface RoundsResult {
  readonly costs: ReadonlyMap<string, Cost>;
  readonly processCount: number;
  /** Processes and threads that anything on the machine started, by subject under measurement. */
  readonly machineForksPerSecond: ReadonlyMap<string, Spread>;
}

const rounds = 5;
/** From the beginning of its work until a subject does only what it does every second. */
const settleMs = 3_000;

/** `--seconds N`: how long each subject is measured, over all rounds. */
export function parseSeconds(args: readonly string[], byDefault: number): number {
  const at = args.indexOf('--seconds');
  if (at < 0) return byDefault;
  const seconds = Number(args[at + 1]);
  if (!(seconds >= rounds)) throw new Error(`--seconds wants a number of at least ${rounds}.`);
  return seconds;
}

/** Measures the subjects in turns, round by round, so that a noisy machine is unfair to all alike. */
export async function measureRounds(
  subjects: readonly Subject[],
  seconds: number,
  onProgress: (line: string) => void,
): Promise<RoundsResult> {
  const percents = new Map<string, number[]>();
  const wakeups = new Map<string, number[]>();
  const forks = new Map<string, number[]>();
  const totals = new Map<string, { forks: number; reads: number; seconds: number }>();
  const processCounts: number[] = [];
  const note = (map: Map<string, number[]>, name: string, value: number): void =>
    void map.set(name, [...(map.get(name) ?? []), value]);
  for (let round = 1; round <= rounds; round++) {
    for (const subject of subjects) {
      const { name, pid } = subject;
      await subject.begin();
      await systemClock.sleep(settleMs);
      const accountBefore = await subject.account?.();
      const startMs = systemClock.monotonic();
      const before = readTree(pid);
      const forksBefore = readMachineForks();
      const known = new Set(before.pids);
      const endMs = startMs + (seconds * 1_000) / rounds;
      while (systemClock.monotonic() < endMs) {
        await systemClock.sleep(Math.min(1_000, endMs - systemClock.monotonic()));
        for (const seen of readTree(pid).pids) known.add(seen);
      }
      const after = readTree(pid);
      const passedMs = systemClock.monotonic() - startMs;
      note(percents, name, ((after.cpuMs - before.cpuMs) / passedMs) * 100);
      note(wakeups, name, (countWakeups(before, after) / passedMs) * 1_000);
      note(forks, name, ((readMachineForks() - forksBefore) / passedMs) * 1_000);
      const account = await subject.account?.();
      const total = totals.get(name) ?? { forks: 0, reads: 0, seconds: 0 };
      totals.set(name, {
        forks:
          total.forks +
          Math.max(known.size - before.pids.length, (account?.forks ?? 0) - (accountBefore?.forks ?? 0)),
        reads: total.reads + (account?.reads ?? 0) - (accountBefore?.reads ?? 0),
        seconds: total.seconds + passedMs / 1_000,
      });
      processCounts.push(listPids().length);
      await subject.rest();
    }
    const line = subjects.map(({ name }) => `${name} ${percents.get(name)!.at(-1)!.toFixed(2)} %`).join(', ');
    onProgress(`round ${round} of ${rounds}: ${line}`);
  }
  return {
    costs: new Map(
      subjects.map(({ name, account }) => [
        name,
        {
          cpuPercentOfCore: roundSpread(deriveSpread(percents.get(name)!)),
          wakeupsPerSecond: roundSpread(deriveSpread(wakeups.get(name)!)),
          forksPerSecond: round3(totals.get(name)!.forks / totals.get(name)!.seconds),
          readsPerSecond: account ? round3(totals.get(name)!.reads / totals.get(name)!.seconds) : null,
        },
      ]),
    ),
    processCount: deriveSpread(processCounts).median,
    machineForksPerSecond: new Map(
      subjects.map(({ name }) => [name, roundSpread(deriveSpread(forks.get(name)!))]),
    ),
  };
}

/** Those of processes that have ended in between are not known. */
function countWakeups(before: TreeUse, after: TreeUse): number {
  let wakeups = 0;
  for (const [pid, count] of after.wakeups) wakeups += count - (before.wakeups.get(pid) ?? 0);
  return wakeups;
}

/** With three decimals. */
export function roundSpread({ median, min, max }: Spread): Spread {
  return { median: round3(median), min: round3(min), max: round3(max) };
}

export function round3(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
