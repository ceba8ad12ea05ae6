import { join } from 'node:path';
import { findCgroupFolders, type CgroupFolders } from '../cgroup.ts';
import { readSmallFile, readSmallNumber } from '../small-file.ts';

/** What bounds the processor time of this process the most, and where its use of it is counted. */
export interface CpuLimit {
  readonly cores: number;
  /** Of the group that sets the limit: itself or one above, whose time all below it share. */
  readonly path: string;
  /** cpu.stat of that group, and in version 1 the file of its usage, which is apart there. */
  readonly statFile: string;
  readonly usageFile: string | null;
}

/**
 * The tightest limit on the way from this process's control group to the root; null where there is none. Source:
 * cgroup-v2.rst (`cpu.max`, `cpuset.cpus.effective`), and for version 1 `cpu.cfs_quota_us`, `cpuset.effective_cpus`.
 */
export function readCpuLimit(procRoot: string, sysRoot: string): CpuLimit | null {
  const folders = findCgroupFolders(procRoot, sysRoot);
  let tightest: CpuLimit | null = null;
  const consider = (
    cores: number | null,
    path: string,
    files: Pick<CpuLimit, 'statFile' | 'usageFile'>,
  ): void => {
    if (cores !== null && (tightest === null || cores < tightest.cores)) tightest = { cores, path, ...files };
  };
  for (const { path, folder } of folders.unified) {
    const files = { statFile: join(folder, 'cpu.stat'), usageFile: null };
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

/** Hierarchies of version 1 mostly have the same groups; where one lacks the path, the nearest above counts for it. */
function findV1Files(
  { cpu, cpuacct }: CgroupFolders,
  path: string,
): Pick<CpuLimit, 'statFile' | 'usageFile'> {
  const nearest = (folders: CgroupFolders['cpu'], name: string): string =>
    join((folders.find((entry) => entry.path === path) ?? folders.at(-1))?.folder ?? '/', name);
  return { statFile: nearest(cpu, 'cpu.stat'), usageFile: nearest(cpuacct, 'cpuacct.usage') };
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
