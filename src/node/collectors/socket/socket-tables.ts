import { endianness } from 'node:os';
import { join } from 'node:path';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { TcpStates } from '../../../shared/series/raw/socket.ts';
import { BackgroundFact } from '../background-fact.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { PagedFile } from '../paged-file.ts';
import { readSmallFile } from '../small-file.ts';
import { SocketTally, type ListeningSocket } from './parse-socket-table.ts';

/** What the kernel lists of each socket, summed up. */
export interface SocketTables {
  readonly readMs: number;
  /** Null where the kernel does not list connections. */
  readonly tcpStates: TcpStates | null;
  readonly unixSockets: number | null;
  readonly listening: readonly ListeningSocket[];
  readonly omitted: number;
}

/** More than these are counted, not listed: each is sent with each reading. */
const mostListening = 256;
/** For how long tables are taken for true while no counter says that a connection or a socket came or went. */
const unchangedForMs = 60_000;
/** Of the time that reading the tables took, as often as this is to pass before they are read again. */
const restFactor = 2_000;

/**
 * /proc/net/tcp, tcp6, udp and udp6, which list every socket. The kernel goes over all of its hash table for each, 5 ms
 * on a machine with 8 GB though there be no connection: they are read by a thread, every five seconds at most, and
 * only when a counter says that something changed, or after a minute.
 */
export function createSocketTables(
  { clock, procRoot }: LinuxSources,
  fingerprint: () => string | null,
): BackgroundFact<SocketTables> {
  const open = (name: string): PagedFile => new PagedFile(join(procRoot, 'net', name));
  const [tcp, udp] = [['tcp', 'tcp6'].map(open), ['udp', 'udp6'].map(open)];
  let last: { readonly tables: SocketTables; readonly fingerprint: string | null } | null = null;

  const find = async (signal: AbortSignal): Promise<SocketTables> => {
    const readMs = clock.monotonic();
    const now = fingerprint();
    const isUnchanged = now !== null && last?.fingerprint === now;
    if (isUnchanged && readMs - last!.tables.readMs < unchangedForMs) return last!.tables;
    const tally = new SocketTally(endianness(), mostListening);
    let isListed = false;
    for (const file of tcp)
      isListed = (await scanIfThere(file, signal, (lines) => tally.take('tcp', lines))) || isListed;
    for (const file of udp) await scanIfThere(file, signal, (lines) => tally.take('udp', lines));
    const tables: SocketTables = {
      readMs,
      tcpStates: isListed ? tally.states : null,
      unixSockets: parseUnixSockets(readSmallFile(join(procRoot, 'net/protocols')) ?? ''),
      listening: tally.listening,
      omitted: tally.omitted,
    };
    last = { tables, fingerprint: now };
    return tables;
  };
  return new BackgroundFact({ clock, everyMs: 5_000, restFactor, find, files: [...tcp, ...udp] });
}

/** Sockets of the protocols named UNIX in /proc/net/protocols (net/core/sock.c); null where there is none. */
export function parseUnixSockets(text: string): number | null {
  const counts = [...text.matchAll(/^UNIX\S*\s+\d+\s+(\d{1,10})\s/gm)].map(([, count]) => Number(count));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count);
}

/** Whether there is such a table: without IPv6 there are two, and in some containers none. */
async function scanIfThere(
  file: PagedFile,
  signal: AbortSignal,
  take: (lines: Buffer) => void,
): Promise<boolean> {
  try {
    await file.scan(signal, (lines) => {
      take(lines);
      return true;
    });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof MonitorError) || thrown.code === 'aborted') throw thrown;
    return false;
  }
}
