import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import type { MountRaw } from '../../../shared/series/raw/filesystem.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { parseMountinfo, type Mount } from './parse-mountinfo.ts';

/** How long a file system may take to say how full it is: a dead NFS server never does. */
const statfsDeadlineMs = 1_000;

/** Reads /proc/self/mountinfo here, and asks each file system for its space in the probe process. */
export function createLinuxFilesystemCollector(
  { procRoot }: LinuxSources,
  probe: ProbeClient,
): Collector<'filesystem'> {
  const mountinfo = new KeptFile(join(procRoot, 'self/mountinfo'));
  const readSpace = async (mount: Mount, signal: AbortSignal): Promise<MountRaw> => {
    try {
      const options = { key: mount.mountPoint, deadlineMs: statfsDeadlineMs, signal };
      return {
        ...mount,
        options: [...mount.options],
        turnedReadOnlyWallMs: null,
        space: await probe.call('statfs', { path: mount.mountPoint }, options),
      };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      // Stuck, forbidden or gone: this one does not say how full it is, and the others still do.
      return { ...mount, options: [...mount.options], turnedReadOnlyWallMs: null, space: null };
    }
  };
  return {
    id: 'filesystem',
    minIntervalMs: 5_000,
    deadlineMs: 2_000,
    probe: () => ({ status: 'ok' }),
    read: async (signal) => {
      const mounts = parseMountinfo(mountinfo.read().toString('utf8'));
      return { mounts: await Promise.all(mounts.map((mount) => readSpace(mount, signal))) };
    },
    [Symbol.asyncDispose]: async () => mountinfo[Symbol.dispose](),
  };
}
