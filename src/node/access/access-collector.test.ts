import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientSession } from '../../core/client-session.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { accessRawSchema, type AccessRaw } from '../../shared/series/raw/access.ts';
import { deriveExpiryMs, type TokenRecord } from '../server/token-record.ts';
import { createAccessCollector, type AccessSources } from './access-collector.ts';

const record: TokenRecord = {
  id: 'abcdefabcdef',
  name: 'phone',
  scope: 'view',
  sha256: 'secret-hash',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedMs: Date.UTC(2026, 0, 2),
};
const off: AccessRaw['sharing'] = {
  state: 'off',
  message: null,
  plainHttp: false,
  urls: [],
  fingerprint: null,
  certificateEndsWallMs: null,
  announcedAs: null,
};
const session = (tokenId: string | null, state = 'live'): ClientSession =>
  ({ state, grant: { scope: 'view', tokenId, name: null } }) as unknown as ClientSession;

describe('the topic access', () => {
  let clock: FakeClock;
  let sources: AccessSources;
  const read = async (more: Partial<AccessSources> = {}): Promise<AccessRaw> =>
    createAccessCollector(() => ({ ...sources, ...more })).read(new AbortController().signal);
  beforeEach(() => {
    clock = new FakeClock();
    sources = {
      clock,
      sharing: {
        status: () => off,
        nearby: () => [],
        pairUrl: (code) => `https://10.0.0.2:9740/#pair=${code}`,
      },
      pairing: { current: () => null, requests: () => [] },
      tokens: { known: () => [], expiryMs: (token) => deriveExpiryMs(token, defaultLimits) },
      sessions: () => [],
    };
  });

  it('says that nothing is shared and nobody asks on a host that was just started', async () => {
    const access = await read();
    expect(v.parse(accessRawSchema, access)).toEqual(access);
    expect(access).toMatchObject({
      sharing: { state: 'off', urls: [] },
      pairing: { code: null, requests: [] },
      devices: [],
      nearby: [],
    });
  });

  it('shows the code with the link that a camera reads', async () => {
    const pairing: AccessSources['pairing'] = {
      current: () => ({ code: 'BCDF-GHJK', expiresAtMs: 5, attemptsLeft: 4 }),
      requests: () => [],
    };
    const code = { code: 'BCDF-GHJK', expiresWallMs: 5, attemptsLeft: 4 };
    expect((await read({ pairing })).pairing.code).toEqual({
      ...code,
      qr: 'https://10.0.0.2:9740/#pair=BCDF-GHJK',
    });
  });

  it('is unavailable while the host is starting', () => {
    expect(() => createAccessCollector(() => null).read(new AbortController().signal)).toThrow(
      'still starting',
    );
  });

  it('lists each paired device with its end and the connections that it has now', async () => {
    const guest = { ...record, id: '111111111111', endsAt: '2026-01-02T00:30:00.000Z' };
    const tokens = { ...sources.tokens, known: () => [record, guest] };
    const sessions = () => [
      session(record.id),
      session(record.id),
      session(record.id, 'draining'),
      session(null),
      session('other'),
    ];
    const access = await read({ tokens, sessions });
    expect(v.parse(accessRawSchema, access)).toEqual(access);
    expect(access.devices).toMatchObject([
      { id: record.id, name: 'phone', scope: 'view', guest: false, connections: 2 },
      { id: guest.id, guest: true, connections: 0 },
    ]);
    expect(access.devices[0]?.expiresWallMs).toBe(record.lastUsedMs + 90 * 24 * 3_600_000);
    expect(JSON.stringify(access)).not.toContain('secret');
  });

  it('says how long each device has waited and how much longer it will', async () => {
    await clock.advance(1_500);
    const waiting = { id: 'r1', name: 'tv', address: '10.0.0.7', key: '123456', askedMs: 500, endsMs: 4_000 };
    const access = await read({ pairing: { current: () => null, requests: () => [waiting] } });
    expect(access.pairing.requests).toEqual([
      { id: 'r1', name: 'tv', address: '10.0.0.7', key: '123456', ageMs: 1_000, endsInMs: 2_500 },
    ]);
  });
});
