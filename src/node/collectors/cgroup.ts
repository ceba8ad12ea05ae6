import { join } from 'node:path';
import { readSmallFile, readSmallNumber } from './small-file.ts';

/** What the cgroup that this process runs in may use. Null: no limit, or none that can be read. */
export interface CgroupLimits {
  readonly cores: number | null;
  readonly memory: { readonly limitBytes: number; readonly usedBytes: number } | null;
}

/** Values from here on are how version 1 says "no limit" (the largest page-aligned 63-bit number). */
const unlimitedBytes = 2 ** 60;

/**
 * The tightest limits on the way from this process's cgroup to the root. Source: cgroup-v2.rst (`cpu.max`,
 * `memory.max`), and for version 1 `cpu.cfs_quota_us`, `memory.limit_in_bytes`.
 */
export function readCgroupLimits(procRoot: string, sysRoot: string): CgroupLimits {
  const paths = parseCgroupPaths(readSmallFile(join(procRoot, 'self/cgroup')) ?? '');
  const root = join(sysRoot, 'fs/cgroup');
  let cores: number | null = null;
  let memory: CgroupLimits['memory'] = null;
  for (const folder of ancestors(root, paths.unified)) {
    cores = tighter(cores, parseCpuMax(readSmallFile(join(folder, 'cpu.max'), 128) ?? ''));
    memory = tighterMemory(memory, readMemory(folder, 'memory.max', 'memory.current'));
  }
  for (const folder of ancestors(join(root, 'cpu'), paths.cpu)) {
    const quota = readSmallFile(join(folder, 'cpu.cfs_quota_us'), 64);
    const period = readSmallNumber(join(folder, 'cpu.cfs_period_us'));
    cores = tighter(cores, parseCpuMax(`${quota ?? ''} ${period ?? ''}`));
  }
  for (const folder of ancestors(join(root, 'memory'), paths.memory)) {
    memory = tighterMemory(memory, readMemory(folder, 'memory.limit_in_bytes', 'memory.usage_in_bytes'));
  }
  return { cores, memory };
}

/** Parses `cpu.max` ("max 100000", "150000 100000") into cores; null without a limit. */
export function parseCpuMax(text: string): number | null {
  const match = /^(\d+) (\d+)$/.exec(text.trim());
  if (!match) return null;
  const [quota, period] = [Number(match[1]), Number(match[2])];
  return quota > 0 && period > 0 ? quota / period : null;
}

/** Parses /proc/self/cgroup: the path in the unified hierarchy and in those of version 1. */
export function parseCgroupPaths(text: string): {
  unified: string | null;
  cpu: string | null;
  memory: string | null;
} {
  const paths: { unified: string | null; cpu: string | null; memory: string | null } = {
    unified: null,
    cpu: null,
    memory: null,
  };
  for (const line of text.split('\n')) {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (!match) continue;
    const [controllers, path] = [match[1]!.split(','), match[2]!];
    // A path that leads upwards lies outside of this process's namespace: nothing is to be read there.
    if (path.split('/').includes('..')) continue;
    if (match[1] === '') paths.unified = path;
    if (controllers.includes('cpu')) paths.cpu = path;
    if (controllers.includes('memory')) paths.memory = path;
  }
  return paths;
}

function ancestors(root: string, path: string | null): string[] {
  if (path === null) return [];
  const parts = path.split('/').filter((part) => part !== '');
  return [root, ...parts.map((_, index) => join(root, ...parts.slice(0, index + 1)))];
}

function readMemory(folder: string, limitName: string, usedName: string): CgroupLimits['memory'] {
  const limitBytes = readSmallNumber(join(folder, limitName));
  if (limitBytes === null || limitBytes >= unlimitedBytes) return null;
  return { limitBytes, usedBytes: readSmallNumber(join(folder, usedName)) ?? 0 };
}

function tighter(known: number | null, found: number | null): number | null {
  return known === null || (found !== null && found < known) ? found : known;
}

function tighterMemory(known: CgroupLimits['memory'], found: CgroupLimits['memory']): CgroupLimits['memory'] {
  return known === null || (found !== null && found.limitBytes < known.limitBytes) ? found : known;
}
