import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { unknownInterface, type InterfaceRaw } from '../../../shared/series/raw/network.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { readLinkTarget, readNames, readSmallFile, readSmallNumber } from '../small-file.ts';
import { parseNetDev, type InterfaceCounters } from './parse-net-dev.ts';

type InterfaceFacts = Omit<InterfaceRaw, keyof InterfaceCounters>;

/** ARPHRD_ETHER and ARPHRD_LOOPBACK of linux/if_arp.h. */
const hardwareTypes = { ethernet: 1, loopback: 772 } as const;

/** Reads /proc/net/dev each time; what /sys/class/net says of each interface every 5 s, or when they change. */
export function createLinuxNetworkCollector({
  clock,
  procRoot,
  sysRoot,
}: LinuxSources): Collector<'network'> {
  // The descriptor stays with the network namespace in which this process is now.
  const netDev = new KeptFile(join(procRoot, 'net/dev'));
  let names: string[] = [];
  const facts = new Refreshed(
    clock,
    5_000,
    () => new Map(names.map((name) => [name, readFacts(sysRoot, name)])),
  );
  return {
    id: 'network',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const counters = parseNetDev(netDev.read());
      names = counters.map(({ name }) => name);
      const known = facts.get(names.join('\n'));
      return {
        defaultRoutes: [],
        interfaces: counters.map((counter) => ({ ...counter, ...(known.get(counter.name) ?? unknownFacts) })),
      };
    },
    [Symbol.asyncDispose]: async () => netDev[Symbol.dispose](),
  };
}

const { rxPackets: _rx, txPackets: _tx, ...unknown } = unknownInterface;
const unknownFacts: InterfaceFacts = {
  ...unknown,
  addresses: [],
  kind: 'other',
  state: 'unknown',
};

function readFacts(sysRoot: string, name: string): InterfaceFacts {
  const folder = join(sysRoot, 'class/net', name);
  const operstate = readSmallFile(join(folder, 'operstate'), 64);
  const kind = deriveKind(sysRoot, name);
  // Drivers of interfaces that are no hardware make a speed up: 10 Mb/s for every tunnel.
  const megabits = kind === 'virtual' ? null : readSmallNumber(join(folder, 'speed'));
  return {
    ...unknownFacts,
    index: readSmallNumber(join(folder, 'ifindex')),
    kind,
    state: operstate === 'up' ? 'up' : operstate === null || operstate === 'unknown' ? 'unknown' : 'down',
    speedBitsPerSecond: megabits === null || megabits === 0 ? null : megabits * 1e6,
  };
}

function deriveKind(sysRoot: string, name: string): InterfaceRaw['kind'] {
  const folder = join(sysRoot, 'class/net', name);
  const type = readSmallNumber(join(folder, 'type'));
  if (type === hardwareTypes.loopback) return 'loopback';
  const entries = readNames(folder);
  if (entries.includes('wireless') || entries.includes('phy80211')) return 'wifi';
  if (readLinkTarget(folder)?.includes('/virtual/')) return 'virtual';
  return type === hardwareTypes.ethernet ? 'ethernet' : 'other';
}
