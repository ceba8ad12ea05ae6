import type { ClientSession } from '../../core/client-session.ts';
import type { Collector } from '../../core/collector.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { createPairingLink } from '../../shared/protocol/index.ts';
import type { AccessRaw } from '../../shared/series/raw/access.ts';
import type { Pairing } from '../server/pairing.ts';
import type { TokenStore } from '../server/token-store.ts';

/** What is known of sharing on the LAN, and of the hosts that are heard there. */
export interface SharingStatus {
  status(): AccessRaw['sharing'];
  nearby(): AccessRaw['nearby'];
}

/** What the topic `access` is read from. Everything of it is in memory. */
export interface AccessSources {
  readonly clock: Clock;
  readonly sharing: SharingStatus;
  readonly pairing: Pick<Pairing, 'current' | 'requests'>;
  readonly tokens: Pick<TokenStore, 'known' | 'expiryMs'>;
  readonly sessions: () => readonly ClientSession[];
  /** Where the host is reached while it is not shared. */
  readonly localUrl: () => string;
}

/** A host that does not share and hears of no other. */
export const noSharing: SharingStatus = {
  status: () => ({
    state: 'off',
    message: null,
    plainHttp: false,
    urls: [],
    fingerprint: null,
    certificateEndsWallMs: null,
    announcedAs: null,
  }),
  nearby: () => [],
};

/** What a device opens: the best address on the LAN while the host is shared, else the one on this machine. */
export function deriveDeviceUrl({ sharing, localUrl }: Pick<AccessSources, 'sharing' | 'localUrl'>): string {
  return sharing.status().urls[0] ?? localUrl();
}

/** Serves who may watch as a topic like any other. Only `admin` and the host's own windows see it. */
export function createAccessCollector(sources: AccessSources): Collector<'access'> {
  return {
    id: 'access',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => readAccess(sources),
  };
}

function readAccess(sources: AccessSources): AccessRaw {
  const { clock, sharing, pairing } = sources;
  const current = pairing.current();
  const nowMs = clock.monotonic();
  return {
    sharing: sharing.status(),
    pairing: {
      code: current && {
        code: current.code,
        qr: createPairingLink(deriveDeviceUrl(sources), current.code),
        expiresWallMs: current.expiresAtMs,
        attemptsLeft: current.attemptsLeft,
      },
      requests: pairing.requests().map(({ id, name, address, key, askedMs, endsMs }) => ({
        id,
        name,
        address,
        key,
        ageMs: Math.max(0, nowMs - askedMs),
        endsInMs: Math.max(0, endsMs - nowMs),
      })),
    },
    devices: readDevices(sources),
    nearby: sharing.nearby(),
  };
}

function readDevices({ tokens, sessions }: AccessSources): AccessRaw['devices'] {
  const connections = new Map<string, number>();
  for (const { state, grant } of sessions()) {
    if (state === 'live' && grant?.tokenId) {
      connections.set(grant.tokenId, (connections.get(grant.tokenId) ?? 0) + 1);
    }
  }
  return tokens.known().map((record) => ({
    id: record.id,
    name: record.name,
    scope: record.scope,
    createdWallMs: Date.parse(record.createdAt),
    lastUsedWallMs: record.lastUsedMs,
    expiresWallMs: tokens.expiryMs(record),
    guest: record.endsAt !== undefined,
    connections: connections.get(record.id) ?? 0,
  }));
}
