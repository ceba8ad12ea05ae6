import { join } from 'node:path';
import { readNames, readSmallFile } from './small-file.ts';

/** Where the own control group lies, in the unified hierarchy and in those of version 1; null where in none. */
export interface CgroupPaths {
  readonly unified: string | null;
  readonly cpu: string | null;
  readonly cpuacct: string | null;
  readonly cpuset: string | null;
  readonly memory: string | null;
}

/** A control group on the way from the root to the own one. */
export interface CgroupFolder {
  /** As /proc/self/cgroup writes it: "/" for the root. */
  readonly path: string;
  readonly folder: string;
}

/** For each hierarchy, the groups from the root down to the own one: every one of them may set a limit. */
export type CgroupFolders = { readonly [Hierarchy in keyof CgroupPaths]: readonly CgroupFolder[] };

/** The control groups of this process. Source: cgroups(7); the mounts are where systemd and container engines put them. */
export function findCgroupFolders(procRoot: string, sysRoot: string): CgroupFolders {
  const paths = parseCgroupPaths(readSmallFile(join(procRoot, 'self/cgroup')) ?? '');
  const root = join(sysRoot, 'fs/cgroup');
  const mounted = readNames(root);
  /** Where a hierarchy of version 1 is mounted: by itself, or together with another. */
  const v1 = (...names: string[]): string =>
    join(root, names.find((name) => mounted.includes(name)) ?? names[0]!);
  return {
    unified: listDown(root, paths.unified),
    cpu: listDown(v1('cpu', 'cpu,cpuacct'), paths.cpu),
    cpuacct: listDown(v1('cpuacct', 'cpu,cpuacct'), paths.cpuacct),
    cpuset: listDown(v1('cpuset'), paths.cpuset),
    memory: listDown(v1('memory'), paths.memory),
  };
}

/** Parses /proc/self/cgroup: the path in the unified hierarchy and in those of version 1. */
export function parseCgroupPaths(text: string): CgroupPaths {
  const paths: { -readonly [Hierarchy in keyof CgroupPaths]: string | null } = {
    unified: null,
    cpu: null,
    cpuacct: null,
    cpuset: null,
    memory: null,
  };
  for (const line of text.split('\n')) {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (!match) continue;
    const [controllers, path] = [match[1]!.split(','), resolvePath(match[2]!)];
    if (match[1] === '') paths.unified = path;
    for (const name of ['cpu', 'cpuacct', 'cpuset', 'memory'] as const) {
      if (controllers.includes(name)) paths[name] = path;
    }
  }
  return paths;
}

function listDown(root: string, path: string | null): CgroupFolder[] {
  if (path === null) return [];
  const parts = path.split('/').filter((part) => part !== '');
  return [[], ...parts.map((_, index) => parts.slice(0, index + 1))].map((way) => ({
    path: `/${way.join('/')}`,
    folder: join(root, ...way),
  }));
}

/** A path that leads upwards lies outside of this process's namespace, of which only the root can be read. */
function resolvePath(path: string): string {
  return path.split('/').includes('..') ? '/' : path;
}
