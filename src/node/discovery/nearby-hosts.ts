import { BlockList, isIP } from 'node:net';
import type { Answer } from 'dns-packet';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { NearbyHosts } from '../server/sharing.ts';
import { formatAuthority } from '../server/own-addresses.ts';
import { isSameName, serviceType } from './service-records.ts';

interface Heard {
  readonly host: Omit<NearbyHosts[number], 'seenMs'>;
  /** Who said so. */
  readonly from: string;
  readonly seenMs: number;
  readonly endsMs: number;
}

/** How many hosts are kept, and how many that one sender speaks of. */
const [maxHosts, maxHostsPerSender] = [64, 4];
/** How long what was heard is believed at the most, in seconds, whatever it says of itself. */
const longestTtl = 4_500;
const maxNameLength = 64;

/** Networks of homes and offices: a neighbour has no other address. */
const privateNetworks = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  privateNetworks.addSubnet(net, prefix, 'ipv4');
}
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

/**
 * The hosts that were heard, as long as they are. Whatever they say of themselves is anybody's text: names are stripped
 * of what could deceive, addresses are parsed, and a host is believed only about addresses that a neighbour can have.
 */
export class NearbyTable {
  readonly #clock: Clock;
  readonly #ownId: string;
  readonly #heard = new Map<string, Heard>();

  constructor(clock: Clock, ownId: string) {
    this.#clock = clock;
    this.#ownId = ownId;
  }

  /** Takes what an answer says. Never throws. */
  take(records: readonly Answer[], from: string): void {
    for (const record of records) {
      if (record.type !== 'PTR' || !isSameName(record.name, serviceType)) continue;
      if (typeof record.data !== 'string') continue;
      this.#takeService(record.data, record.ttl ?? 0, records, from);
    }
  }

  /** Those that are believed now, by name. */
  list(): NearbyHosts {
    const nowMs = this.#clock.monotonic();
    for (const [key, { endsMs }] of this.#heard) if (endsMs <= nowMs) this.#heard.delete(key);
    return [...this.#heard.values()]
      .map(({ host, seenMs }) => ({ ...host, seenMs: Math.max(0, nowMs - seenMs) }))
      .sort((left, right) => left.name.localeCompare(right.name));
  }

  clear(): void {
    this.#heard.clear();
  }

  #takeService(instance: string, ttl: number, records: readonly Answer[], from: string): void {
    const key = instance.toLowerCase();
    if (ttl === 0) {
      if (this.#heard.get(key)?.from === from) this.#heard.delete(key);
      return;
    }
    const host = parseService(instance, records, from);
    if (!host || host.instanceId === this.#ownId) return;
    if (!this.#heard.has(key) && !this.#hasRoom(from)) return;
    const nowMs = this.#clock.monotonic();
    const endsMs = nowMs + Math.min(ttl, longestTtl) * 1_000;
    this.#heard.set(key, { host, from, seenMs: nowMs, endsMs });
  }

  #hasRoom(from: string): boolean {
    const nowMs = this.#clock.monotonic();
    const live = [...this.#heard.values()].filter(({ endsMs }) => endsMs > nowMs);
    return live.length < maxHosts && live.filter((heard) => heard.from === from).length < maxHostsPerSender;
  }
}

/** A host out of the records that tell of it; null where they do not tell enough, or what cannot be. */
function parseService(
  instance: string,
  records: readonly Answer[],
  from: string,
): Omit<NearbyHosts[number], 'seenMs'> | null {
  let port: unknown = 0;
  let target: unknown = '';
  let texts: ReadonlyMap<string, string> = new Map();
  for (const record of records) {
    if (!isSameName(record.name, instance)) continue;
    if (record.type === 'SRV') ({ port, target } = record.data ?? {});
    else if (record.type === 'TXT') texts = parseTexts(record.data);
  }
  const instanceId = texts.get('id') ?? '';
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (typeof target !== 'string' || !/^[\w-]{1,64}$/.test(instanceId)) return null;
  const address = deriveAddress(records, target, from);
  if (address === null) return null;
  const version = texts.get('version') ?? '';
  return {
    instanceId,
    name: cleanName(instance),
    address,
    port,
    url: `https://${formatAuthority(address, port)}`,
    version: /^[\w.+-]{1,32}$/.test(version) ? version : '',
  };
}

/** The address that the answer came from, where the host claims it; else the first claimed that a neighbour can have. */
function deriveAddress(records: readonly Answer[], target: string, from: string): string | null {
  const claimed = records.flatMap((record) =>
    (record.type === 'A' || record.type === 'AAAA') && isSameName(record.name, target) ? [record.data] : [],
  );
  if (claimed.includes(from)) return from;
  return claimed.find((address) => isNeighbours(address)) ?? null;
}

function isNeighbours(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && privateNetworks.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Attributes of a TXT record, the first of each name. Source: RFC 6763 section 6.4. */
function parseTexts(data: unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const entry of Array.isArray(data) ? (data as unknown[]) : [data]) {
    const text = Buffer.isBuffer(entry) ? entry.toString('utf8') : typeof entry === 'string' ? entry : '';
    const at = text.indexOf('=');
    const name = text.slice(0, at).toLowerCase();
    if (at > 0 && !texts.has(name)) texts.set(name, text.slice(at + 1));
  }
  return texts;
}

/** The host's own name for itself, without characters that steer terminals or turn text around. */
function cleanName(instance: string): string {
  const label = instance.slice(0, Math.max(0, instance.length - serviceType.length - 1));
  const clean = label
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, maxNameLength);
  return clean || '?';
}
