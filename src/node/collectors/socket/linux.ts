import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { SocketRaw } from '../../../shared/series/raw/socket.ts';
import { BackgroundFact } from '../background-fact.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { UserNames } from '../process/user-names.ts';
import { readLinkTarget } from '../small-file.ts';
import { waitAtMost } from '../wait-at-most.ts';
import { CounterFiles, type SocketCounters } from './counters.ts';
import { deriveListeners } from './listeners.ts';
import { SocketOwners } from './socket-owners.ts';
import { createSocketTables, type SocketTables } from './socket-tables.ts';

/** How long the first reading waits for the tables: the sampler waits for 40 ms. */
const patienceMs = 25;
/** The link of a process in the namespace that the kernel itself starts in (PROC_PID_INIT_INO of linux/proc_ns.h). */
const firstPidNamespace = 'pid:[4026531836]';

/**
 * Reads the counters of TCP and UDP each time. How many sockets are in which state, and who listens, comes from tables
 * that cost by the number of sockets: they are read beside the readings, and whose a listening socket is with them.
 */
export function createLinuxSocketCollector(sources: LinuxSources): Collector<'socket'> {
  const { clock, procRoot, etcRoot = '/etc' } = sources;
  const files = new CounterFiles(sources);
  let fingerprint: string | null = null;
  const tables = createSocketTables(sources, () => fingerprint);
  const owners = new SocketOwners(clock, procRoot);
  let inodes: ReadonlySet<number> = new Set();
  const search = new BackgroundFact({
    clock,
    everyMs: 10_000,
    find: (signal) => owners.find(inodes, signal),
  });
  const users = new UserNames(clock, etcRoot);
  const namespace = readLinkTarget(join(procRoot, 'self/ns/pid'));
  let shown: { readonly of: SocketTables; readonly atMs: number } & Pick<SocketRaw, 'listeners' | 'listenersRemedy'> | null = null; // prettier-ignore

  const showListeners = (known: SocketTables): Pick<SocketRaw, 'listeners' | 'listenersRemedy'> => {
    inodes = new Set(known.listening.map(({ inode }) => inode));
    const atMs = search.get()?.atMs ?? -Infinity;
    if (shown?.of !== known || shown.atMs !== atMs) {
      const listeners = deriveListeners(known.listening, {
        get: (inode) => owners.get(inode),
        nameOfUser: (uid) => users.get(uid),
        isRefused: owners.isRefused || process.getuid?.() !== 0,
        isContained: namespace !== null && namespace !== firstPidNamespace,
      });
      shown = { of: known, atMs, ...listeners };
    }
    const { listeners, listenersRemedy } = shown;
    return { listeners, listenersRemedy };
  };
  const derive = (counters: SocketCounters): SocketRaw => {
    const known = tables.get()?.value ?? null;
    if (known && known.tcpStates === null && counters.sentSegments === null) {
      throw new MonitorError('unsupported', 'This kernel tells nothing of its sockets.');
    }
    return {
      ...counters,
      tcpStates: known?.tcpStates ?? null,
      tablesAgeMs: known && clock.monotonic() - known.readMs,
      unixSockets: known?.unixSockets ?? null,
      listenersOmitted: known?.omitted ?? 0,
      ...(known ? showListeners(known) : { listeners: [], listenersRemedy: null }),
    };
  };
  const deriveWhenKnown = async (counters: SocketCounters): Promise<SocketRaw> => {
    const owned = tables.search().then((known) => {
      showListeners(known);
      return search.search();
    });
    await waitAtMost(clock, patienceMs, owned);
    return derive(counters);
  };
  return {
    id: 'socket',
    // Five files, one of them of 4 KB, for counters that nobody watches by the second.
    minIntervalMs: 2_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const counted = files.read();
      fingerprint = counted.fingerprint;
      return tables.get() ? derive(counted.counters) : deriveWhenKnown(counted.counters);
    },
    [Symbol.asyncDispose]: async () => {
      files[Symbol.dispose]();
      await Promise.all([tables[Symbol.asyncDispose](), search[Symbol.asyncDispose]()]);
    },
  };
}
