import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import { readLinkTarget, readSmallFile, readSmallNumber } from '../small-file.ts';

/** What /sys/class/net says of a link (Documentation/ABI/testing/sysfs-class-net). */
export interface LinkFacts extends Pick<
  InterfaceRaw,
  'index' | 'kind' | 'state' | 'speedBitsPerSecond' | 'duplex' | 'mtuBytes' | 'carrierChanges'
> {
  /** When speed and duplex were read. */
  readonly negotiatedMs: number;
}

/** ARPHRD_ETHER and ARPHRD_LOOPBACK of linux/if_arp.h. */
const hardwareTypes = { ethernet: 1, loopback: 772 } as const;
/** SPEED_UNKNOWN of linux/ethtool.h, which older kernels print without its sign. */
const unknownMegabits = 2 ** 32 - 1;
/** How long speed and duplex are taken to hold where the link did not come or go. */
const negotiatedForMs = 60_000;

/** What is known of a link without /sys. */
export const unknownLink: LinkFacts = {
  index: null,
  kind: 'other',
  state: 'unknown',
  speedBitsPerSecond: null,
  duplex: null,
  mtuBytes: null,
  carrierChanges: null,
  negotiatedMs: -Infinity,
};

/**
 * Reads the facts of a link. What cannot change while the index is the same is taken from `before`; speed and duplex
 * are too unless the link came or went: for those the kernel takes the lock of all links and asks the driver.
 */
export function readLinkFacts(
  sysRoot: string,
  name: string,
  before: LinkFacts | null,
  nowMs: number,
): LinkFacts {
  const folder = join(sysRoot, 'class/net', name);
  const index = readSmallNumber(join(folder, 'ifindex'));
  const same = before?.index === index ? before : null;
  const kind = same?.kind ?? readKind(folder);
  const state = readState(folder);
  const carrierChanges = readSmallNumber(join(folder, 'carrier_changes'));
  const facts = { index, kind, state, carrierChanges, mtuBytes: readSmallNumber(join(folder, 'mtu')) };
  const holds =
    same?.state === state &&
    same.carrierChanges === carrierChanges &&
    nowMs - same.negotiatedMs < negotiatedForMs;
  if (holds) {
    const { speedBitsPerSecond, duplex, negotiatedMs } = same;
    return { ...facts, speedBitsPerSecond, duplex, negotiatedMs };
  }
  return { ...facts, ...readNegotiated(folder, kind), negotiatedMs: nowMs };
}

function readState(folder: string): InterfaceRaw['state'] {
  const operstate = readSmallFile(join(folder, 'operstate'), 64);
  if (operstate === 'up') return 'up';
  return operstate === null || operstate === '' || operstate === 'unknown' ? 'unknown' : 'down';
}

/** Drivers of interfaces that are no hardware make a speed up: 10 Mb/s for every tunnel. */
function readNegotiated(
  folder: string,
  kind: InterfaceRaw['kind'],
): Pick<LinkFacts, 'speedBitsPerSecond' | 'duplex'> {
  if (kind === 'virtual' || kind === 'loopback') return { speedBitsPerSecond: null, duplex: null };
  const megabits = readSmallNumber(join(folder, 'speed'));
  const duplex = readSmallFile(join(folder, 'duplex'), 64);
  return {
    speedBitsPerSecond:
      megabits === null || megabits === 0 || megabits >= unknownMegabits ? null : megabits * 1e6,
    duplex: duplex === 'full' || duplex === 'half' ? duplex : null,
  };
}

function readKind(folder: string): InterfaceRaw['kind'] {
  const type = readSmallNumber(join(folder, 'type'));
  if (type === hardwareTypes.loopback) return 'loopback';
  if (existsSync(join(folder, 'wireless')) || existsSync(join(folder, 'phy80211'))) return 'wifi';
  if (readLinkTarget(folder)?.includes('/virtual/')) return 'virtual';
  return type === hardwareTypes.ethernet ? 'ethernet' : 'other';
}
