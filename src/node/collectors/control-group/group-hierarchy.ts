import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readNames } from '../small-file.ts';

/**
 * Where control groups are: one tree in version 2 (cgroup-v2.rst), in version 1 one a controller, in each of which a
 * group has the same path. `names` is the tree in which they are looked for.
 */
export type GroupHierarchy =
  | { readonly version: 2; readonly names: string }
  | {
      readonly version: 1;
      readonly names: string;
      readonly cpu: string;
      readonly cpuacct: string;
      readonly memory: string;
      readonly pids: string;
      readonly blkio: string;
    };

/** Finds the trees under /sys/fs/cgroup; null where there are none. */
export function findGroupHierarchy(sysRoot: string): GroupHierarchy | null {
  const root = join(sysRoot, 'fs/cgroup');
  if (existsSync(join(root, 'cgroup.controllers'))) return { version: 2, names: root };
  const mounted = readNames(root);
  const find = (...names: string[]): string => join(root, names.find((name) => mounted.includes(name)) ?? names[0]!); // prettier-ignore
  const walked = ['systemd', 'cpuacct', 'cpu,cpuacct', 'memory'].find((name) => mounted.includes(name));
  if (walked === undefined) return null;
  return {
    version: 1,
    names: join(root, walked),
    cpu: find('cpu', 'cpu,cpuacct'),
    cpuacct: find('cpuacct', 'cpu,cpuacct'),
    memory: find('memory'),
    pids: find('pids'),
    blkio: find('blkio'),
  };
}
