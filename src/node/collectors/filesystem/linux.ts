import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { abortable } from '../../../shared/lifecycle/abortable.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { MountRaw } from '../../../shared/series/raw/filesystem.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { parseMountinfo, type Mount } from './parse-mountinfo.ts';
import { ReadOnlyWatch } from './read-only-watch.ts';

/** How long a file system may take to say how full it is: a dead NFS server never does. */
const statfsDeadlineMs = 1_000;
/** How many are asked before others have their turn: a message to the probe process costs some 20 µs. */
const askedAtOnce = 32;

/** Reads /proc/self/mountinfo here, and asks each file system for its space in the probe process. */
export function createLinuxFilesystemCollector(
  { clock, procRoot }: LinuxSources,
  probe: ProbeClient,
): Collector<'filesystem'> {
  const mountinfo = new KeptFile(join(procRoot, 'self/mountinfo'));
  const watch = new ReadOnlyWatch(clock);
  let known: { readonly bytes: Buffer; readonly mounts: readonly Mount[] } | null = null;

  const readMounts = (): readonly Mount[] => {
    const bytes = mountinfo.read();
    // What is mounted changes seldom: comparing costs nothing beside parsing.
    if (!known?.bytes.equals(bytes)) known = { bytes: Buffer.from(bytes), mounts: parseMountinfo(bytes.toString('utf8')) }; // prettier-ignore
    return known.mounts;
  };
  const readSpace = async (path: string): Promise<MountRaw['space']> => {
    try {
      return await probe.call('statfs', { path }, { key: path, deadlineMs: statfsDeadlineMs });
    } catch (thrown) {
      if (!(thrown instanceof MonitorError)) throw thrown;
      // Stuck, forbidden or gone: this one does not say how full it is, and the others still do.
      return null;
    }
  };
  return {
    id: 'filesystem',
    minIntervalMs: 5_000,
    deadlineMs: 2_000,
    probe: () => ({ status: 'ok' }),
    read: async (signal) => {
      const mounts = readMounts();
      const turned = watch.note(mounts);
      const spaces: Promise<MountRaw['space']>[] = [];
      for (const { mountPoint } of mounts) {
        if (spaces.length > 0 && spaces.length % askedAtOnce === 0) await clock.sleep(0, signal);
        spaces.push(readSpace(mountPoint));
      }
      const spaceOf = await abortable(Promise.all(spaces), signal);
      return {
        mounts: mounts.map((mount, at) => ({
          ...mount,
          options: [...mount.options],
          turnedReadOnlyWallMs: turned[at] ?? null,
          space: spaceOf[at] ?? null,
        })),
      };
    },
    [Symbol.asyncDispose]: async () => mountinfo[Symbol.dispose](),
  };
}
