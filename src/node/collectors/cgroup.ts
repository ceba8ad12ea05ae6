import { join } from 'node:path';
import { readNames, readSmallFile, readSmallNumber } from './small-file.ts';

/** What the cgroup that this process runs in may use. Null: no limit, or none that can be read. */
export interface CgroupLimits {
  readonly cores: number | null;
  readonly memory: MemoryLimit | null;
}

/** A limit of memory, and the file that says how much of it is used now. */
export interface MemoryLimit {
  readonly limitBytes: number;
  readonly usedFile: string;
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
  let memory: MemoryLimit | null = null;
  for (const folder of ancestors(root, paths.unified)) {
    cores = tighter(cores, parseCpuMax(readSmallFile(join(folder, 'cpu.max'), 128) ?? ''));
    memory = tighterMemory(memory, readMemory(folder, 'memory.max', 'memory.current'));
  }
  for (const folder of ancestors(findV1(root, 'cpu', 'cpu,cpuacct'), paths.cpu)) {
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
    const [controllers, path] = [match[1]!.split(','), resolvePath(match[2]!)];
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

/** A path that leads upwards lies outside of this process's namespace, of which only the root can be read. */
function resolvePath(path: string): string {
  return path.split('/').includes('..') ? '/' : path;
}

/** Where a hierarchy of version 1 is mounted: by itself, or together with another. */
function findV1(root: string, ...names: string[]): string {
  const mounted = readNames(root);
  return join(root, names.find((name) => mounted.includes(name)) ?? names[0]!);
}

function readMemory(folder: string, limitName: string, usedName: string): MemoryLimit | null {
  const limitBytes = readSmallNumber(join(folder, limitName));
  if (limitBytes === null || limitBytes >= unlimitedBytes) return null;
  return { limitBytes, usedFile: join(folder, usedName) };
}

function tighter(known: number | null, found: number | null): number | null {
  return known === null || (found !== null && found < known) ? found : known;
}

function tighterMemory(known: MemoryLimit | null, found: MemoryLimit | null): MemoryLimit | null {
  return known === null || (found !== null && found.limitBytes < known.limitBytes) ? found : known;
}
