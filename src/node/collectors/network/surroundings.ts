import { endianness } from 'node:os';
import { join } from 'node:path';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { BackgroundFact } from '../background-fact.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { PagedFile } from '../paged-file.ts';
import {
  parseIpv4Routes,
  parseIpv6Routes,
  sortRoutes,
  type DefaultRoute,
  type RankedRoute,
} from './parse-routes.ts';
import { parseWireless, type WifiSignal } from './parse-wireless.ts';

/** What lies around a machine's links. */
export interface Surroundings {
  readonly defaultRoutes: readonly DefaultRoute[];
  /** By the link's name. */
  readonly wifi: ReadonlyMap<string, WifiSignal>;
}

/**
 * Default routes and wireless signals, read by another thread every five seconds: a router's table of IPv6 routes can
 * have hundreds of thousands of lines, and for a signal the kernel asks the driver.
 */
export function createSurroundings({ clock, procRoot }: LinuxSources): BackgroundFact<Surroundings> {
  const files = ['net/route', 'net/ipv6_route', 'net/wireless'].map(
    (path) => new PagedFile(join(procRoot, path)),
  );
  const [ipv4, ipv6, wireless] = files as [PagedFile, PagedFile, PagedFile];

  const find = async (signal: AbortSignal): Promise<Surroundings> => {
    const routes: RankedRoute[] = [];
    await scanIfThere(ipv4, signal, (lines) => {
      const found = parseIpv4Routes(lines.toString(), endianness());
      routes.push(...found.routes);
      return !found.isOver;
    });
    await scanIfThere(ipv6, signal, (lines) => {
      routes.push(...parseIpv6Routes(lines.toString()));
      return true;
    });
    const wifi = new Map<string, WifiSignal>();
    await scanIfThere(wireless, signal, (lines) => {
      for (const [name, found] of parseWireless(lines.toString())) wifi.set(name, found);
      return true;
    });
    return { defaultRoutes: sortRoutes(routes), wifi };
  };
  return new BackgroundFact({ clock, everyMs: 5_000, restFactor: 1_000, find, files });
}

/** A table that this kernel lacks, as without IPv6, or keeps to itself has no lines. */
async function scanIfThere(
  file: PagedFile,
  signal: AbortSignal,
  take: (lines: Buffer) => boolean,
): Promise<void> {
  try {
    await file.scan(signal, take);
  } catch (thrown) {
    if (!(thrown instanceof MonitorError) || thrown.code === 'aborted') throw thrown;
  }
}
