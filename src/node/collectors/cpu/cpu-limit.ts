import { join } from 'node:path';
import { findCgroupFolders, type CgroupFolders } from '../cgroup.ts';
import { readSmallFile, readSmallNumber } from '../small-file.ts';

/** What bounds the processor time of this process the most, and where its use of it is counted. */
export interface CpuLimit extends CpuUsageFiles {
  readonly cores: number;
  /** Of the group that sets the limit: itself or one above, whose time all below it share. */
  readonly path: string;
}

/** Files of one group. Null where its hierarchy has no such group: those of another would count other processes. */
export interface CpuUsageFiles {
  /** Version 1 counts nanoseconds and keeps its usage apart, version 2 has all in `cpu.stat`, in microseconds. */
  readonly version: 1 | 2;
  readonly statFile: string | null;
  readonly usageFile: string | null;
}

/**
 * The tightest limit on the way from this process's control group to the root; null where there is none. Source:
 * cgroup-v2.rst (`cpu.max`, `cpuset.cpus.effective`), and for version 1 `cpu.cfs_quota_us`, `cpuset.effective_cpus`.
 */
export function readCpuLimit(procRoot: string, sysRoot: string): CpuLimit | null {
  const folders = findCgroupFolders(procRoot, sysRoot);
  let tightest: CpuLimit | null = null;
  const consider = (cores: number | null, path: string, files: CpuUsageFiles): void => {
    if (cores !== null && (tightest === null || cores < tightest.cores)) tightest = { cores, path, ...files };
  };
  for (const { path, folder } of folders.unified) {
    const files = { version: 2, statFile: join(folder, 'cpu.stat'), usageFile: null } as const;
    consider(parseCpuMax(readSmallFile(join(folder, 'cpu.max'), 128) ?? ''), path, files);
    consider(countCores(readSmallFile(join(folder, 'cpuset.cpus.effective'), 4_096) ?? ''), path, files);
  }
  for (const { path, folder } of folders.cpu) {
    const quota = readSmallFile(join(folder, 'cpu.cfs_quota_us'), 64);
    const period = readSmallNumber(join(folder, 'cpu.cfs_period_us'));
    consider(parseCpuMax(`${quota ?? ''} ${period ?? ''}`), path, findV1Files(folders, path));
  }
  for (const { path, folder } of folders.cpuset) {
    const text = readSmallFile(join(folder, 'cpuset.effective_cpus'), 4_096) ?? readSmallFile(join(folder, 'cpuset.cpus'), 4_096); // prettier-ignore
    consider(countCores(text ?? ''), path, findV1Files(folders, path));
  }
  return tightest;
}

function findV1Files({ cpu, cpuacct }: CgroupFolders, path: string): CpuUsageFiles {
  const find = (folders: CgroupFolders['cpu'], name: string): string | null => {
    const same = folders.find((entry) => entry.path === path);
    return same ? join(same.folder, name) : null;
  };
  return { version: 1, statFile: find(cpu, 'cpu.stat'), usageFile: find(cpuacct, 'cpuacct.usage') };
}

/** Parses `cpu.max` ("max 100000", "150000 100000") into cores; null without a limit. */
export function parseCpuMax(text: string): number | null {
  const match = /^(\d+) (\d+)$/.exec(text.trim());
  if (!match) return null;
  const [quota, period] = [Number(match[1]), Number(match[2])];
  return quota > 0 && period > 0 ? quota / period : null;
}

/** How many cores a list such as "0-3,8,10-11" names (cpuset(7), "List format"); null where it is none. */
export function countCores(text: string): number | null {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text)) return null;
  let count = 0;
  for (const range of text.split(',')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    if (last < first) return null;
    count += last - first + 1;
  }
  return count;
}
