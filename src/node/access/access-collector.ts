import type { ClientSession } from '../../core/client-session.ts';
import type { Collector } from '../../core/collector.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { AccessRaw } from '../../shared/series/raw/access.ts';
import type { Pairing } from '../server/pairing.ts';
import type { Sharing } from '../server/sharing.ts';
import { isGuest, type TokenStore } from '../server/token-store.ts';

/** What the topic `access` is read from. Everything of it is in memory. */
export interface AccessSources {
  readonly clock: Clock;
  readonly sharing: Pick<Sharing, 'status' | 'nearby' | 'pairUrl'>;
  readonly pairing: Pick<Pairing, 'current' | 'requests'>;
  readonly tokens: Pick<TokenStore, 'known' | 'expiryMs'>;
  readonly sessions: () => readonly ClientSession[];
}

/**
 * Serves who may watch as a topic like any other. Only `admin` and the host's own windows see it. `sources` gives null
 * as long as the host is starting.
 */
export function createAccessCollector(sources: () => AccessSources | null): Collector<'access'> {
  return {
    id: 'access',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const found = sources();
      if (!found) throw new MonitorError('unavailable', 'The host is still starting.');
      return readAccess(found);
    },
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
        qr: sharing.pairUrl(current.code),
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
    guest: isGuest(record),
    connections: connections.get(record.id) ?? 0,
  }));
}
