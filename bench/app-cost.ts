import { readFileSync } from 'node:fs';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { listTree, readCpuMs, readPssMb } from './process-tree.ts';
import { round3 } from './rounds.ts';

/** What an app takes, in all and by kind of process. */
export interface AppCost {
  readonly cpuPercentOfCore: number;
  readonly pssMb: number;
  readonly byProcess: Readonly<Record<string, { readonly cpuPercentOfCore: number; readonly pssMb: number }>>;
}

/** Measures a tree of processes for so long. Those that come or go meanwhile count for what was seen of them. */
export async function measureAppCost(rootPid: number, seconds: number): Promise<AppCost> {
  const startMs = systemClock.monotonic();
  const before = new Map(listTree(rootPid).map((pid) => [pid, readCpuMs(pid)]));
  await systemClock.sleep(seconds * 1_000);
  const passedMs = systemClock.monotonic() - startMs;
  const byProcess: Record<string, { cpuPercentOfCore: number; pssMb: number }> = {};
  for (const pid of listTree(rootPid)) {
    const percent = ((readCpuMs(pid) - (before.get(pid) ?? 0)) / passedMs) * 100;
    const sum = (byProcess[readKind(pid)] ??= { cpuPercentOfCore: 0, pssMb: 0 });
    sum.cpuPercentOfCore = round3(sum.cpuPercentOfCore + percent);
    sum.pssMb = round3(sum.pssMb + readPssMb(pid));
  }
  const sums = Object.values(byProcess);
  return {
    cpuPercentOfCore: round3(sums.reduce((sum, { cpuPercentOfCore }) => sum + cpuPercentOfCore, 0)),
    pssMb: round3(sums.reduce((sum, { pssMb }) => sum + pssMb, 0)),
    byProcess,
  };
}

/** As Chromium names its processes: `renderer`, `gpu-process`, `utility network` …; `main` is the one that starts them. */
function readKind(pid: number): string {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return 'gone';
  }
  const type = / --type=([\w-]+)/.exec(line)?.[1];
  const part = / --utility-sub-type=(\w+)/.exec(line)?.[1];
  return type === undefined ? 'main' : part === undefined ? type : `${type} ${part}`;
}
