import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientSession } from '../../core/client-session.ts';
import type { CloseReason } from '../../core/transport.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { AccessMethod, GrantScope } from '../../shared/protocol/index.ts';
import type { AuditNote } from '../audit/audit-entry.ts';
import type { TokenRecord, TokenWishes } from '../server/token-store.ts';
import { auditMethod, createAccessMethods } from './access-methods.ts';

const record = { id: 'aaaaaaaaaaaa', name: 'phone', scope: 'view' } as TokenRecord;
const own = { id: 'bbbbbbbbbbbb', name: 'desk', scope: 'admin' } as TokenRecord;

describe('the methods of access', () => {
  let clock: FakeClock;
  let noted: AuditNote[];
  let done: unknown[];
  let tokens: Map<string, TokenRecord>;
  let sessions: ClientSession[];
  let failure: Error | null;
  const session = (id: string, kind: string, scope: GrantScope, tokenId: string | null): ClientSession =>
    ({
      id,
      kind,
      name: id,
      address: null,
      grant: { scope, tokenId, name: id },
      close: async (reason: CloseReason) => void done.push([id, reason.code]),
    }) as unknown as ClientSession;
  const call = async (method: AccessMethod, params: object, by = sessions[0]!): Promise<unknown> => {
    const methods = createAccessMethods({
      clock,
      audit: { note: async (note) => void noted.push(note) },
      sessions: () => sessions,
      sharing: { pairUrl: (code) => `https://10.0.0.2:9740/#pair=${code}` },
      pairing: {
        open: () => ({ code: 'BCDF-GHJK', expiresAtMs: Date.UTC(2026, 0, 1), attemptsLeft: 5 }),
        close: () => void done.push('closed'),
        answer: async (...answer) => void done.push(answer),
      },
      tokens: {
        get: (id) => tokens.get(id) ?? null,
        change: async (id, wishes: TokenWishes) => {
          if (failure) throw failure;
          done.push([id, wishes]);
          return tokens.get(id) ?? null;
        },
        revoke: async (id) => tokens.delete(id),
      },
    });
    return methods[method as Exclude<AccessMethod, 'sharing.set' | 'nearby.look'>](
      params as Record<string, unknown>,
      by,
    );
  };
  beforeEach(() => {
    clock = new FakeClock();
    [noted, done, failure] = [[], [], null];
    tokens = new Map([record, own].map((known) => [known.id, known]));
    sessions = [
      session('w', 'window', 'local', null),
      session('s', 'socket', 'admin', own.id),
      session('v', 'socket', 'view', record.id),
    ];
  });

  it('open a code with what a device opens and what a camera reads', async () => {
    expect(await call('pairing.open', {})).toEqual({
      code: 'BCDF-GHJK',
      expiresAt: '2026-01-01T00:00:00.000Z',
      url: 'https://10.0.0.2:9740',
      qr: 'https://10.0.0.2:9740/#pair=BCDF-GHJK',
    });
  });

  it('pass an answer on with who gives it', async () => {
    await call('pairing.answer', {
      requestId: 'r',
      accept: true,
      name: ' Ann ',
      scope: 'vitals',
      guestMs: 60_000,
    });
    expect(done).toMatchObject([
      [
        'r',
        { accept: true, name: 'Ann', scope: 'vitals', guestMs: 60_000 },
        { kind: 'window', scope: 'local' },
      ],
    ]);
  });

  it('change what is asked for and nothing else, and put on record from what to what', async () => {
    await call('device.change', { id: record.id, scope: 'control' });
    await call('device.change', { id: record.id, guestMs: 60_000 });
    await call('device.change', { id: record.id, guestMs: null, name: 'tv' });
    expect(done).toEqual([
      [record.id, { scope: 'control' }],
      [record.id, { endsWallMs: clock.wall() + 60_000 }],
      [record.id, { name: 'tv', endsWallMs: null }],
    ]);
    expect(noted[0]).toMatchObject({
      event: 'device.changed',
      who: { kind: 'window', client: 'w', scope: 'local' },
      what: { device: record.id, nameBefore: 'phone', scopeBefore: 'view', scope: 'control' },
      outcome: 'done',
    });
  });

  it('revoke a device, and the own one too', async () => {
    expect(await call('device.revoke', { id: record.id })).toBeUndefined();
    await call('device.revoke', { id: own.id }, sessions[1]);
    expect(tokens.size).toBe(0);
    expect(noted.map(({ what, outcome }) => [what?.name, outcome])).toEqual([
      ['phone', 'done'],
      ['desk', 'done'],
    ]);
  });

  it('close a connection, with a reason after which it stays away, and no window of the host', async () => {
    await call('client.disconnect', { id: 'v' });
    expect(done).toEqual([['v', 'forbidden']]);
    await expect(call('client.disconnect', { id: 'w' }, sessions[1])).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(done).toHaveLength(1);
    expect(noted[0]).toMatchObject({
      event: 'client.disconnected',
      what: { client: 'v', device: record.id },
    });
  });

  it('refuse a device that would change its own scope or end, but not its name', async () => {
    for (const wish of [{ scope: 'view' }, { scope: 'admin' }, { guestMs: null }, { guestMs: 60_000 }]) {
      await expect(call('device.change', { id: own.id, ...wish }, sessions[1])).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await call('device.change', { id: own.id, name: 'desktop' }, sessions[1]);
    expect(done).toEqual([[own.id, { name: 'desktop' }]]);
    expect(noted.map(({ outcome }) => outcome)).toEqual([...Array<string>(4).fill('refused'), 'done']);
  });

  it.each([
    ['device.change', { id: 'cccccccccccc', name: 'x' }],
    ['device.revoke', { id: 'cccccccccccc' }],
    ['client.disconnect', { id: 'nobody' }],
  ] as const)('%s does not find what is not there, and that is on record', async (method, params) => {
    await expect(call(method, params)).rejects.toMatchObject({ code: 'notFound' });
    expect(noted).toMatchObject([{ outcome: 'refused', code: 'notFound' }]);
  });

  it.each([
    ['pairing.answer', {}],
    ['pairing.answer', { requestId: 'r', accept: 'yes' }],
    ['pairing.answer', { requestId: 'r', accept: true, scope: 'local' }],
    ['pairing.answer', { requestId: 'r', accept: true, guestMs: 1 }],
    ['pairing.answer', { requestId: 'r', accept: true, name: ' ' }],
    ['device.change', { id: record.id }],
    ['device.change', { id: record.id, scope: 'root' }],
    ['device.change', { id: record.id, guestMs: 25 * 3_600_000 }],
    ['device.change', { id: record.id, name: 'x'.repeat(65) }],
    ['device.revoke', {}],
    ['device.revoke', { id: 'x'.repeat(65) }],
    ['client.disconnect', { id: 7 }],
  ] as const)('%s does not take %j', async (method, params) => {
    await expect(call(method, params)).rejects.toMatchObject({ code: 'invalidArgument' });
    expect(done).toEqual([]);
  });

  it('tell a failure of the host from a refusal', async () => {
    failure = new MonitorError('io', 'The disk is full.');
    await expect(call('device.change', { id: record.id, name: 'x' })).rejects.toBe(failure);
    expect(noted).toMatchObject([{ outcome: 'failed', code: 'io', message: 'The disk is full.' }]);
  });

  it('put others on record with the parameters that may be told', async () => {
    const audit = { note: async (note: AuditNote) => void noted.push(note) };
    const set = auditMethod(audit, 'sharing.changed', ['enabled', 'plainHttp'], () => 'answer');
    expect(await set({ enabled: true, plainHttp: 'secret', more: 1 }, sessions[0]!)).toBe('answer');
    expect(noted).toMatchObject([
      { event: 'sharing.changed', what: { enabled: true, plainHttp: null }, outcome: 'done' },
    ]);
  });
});
