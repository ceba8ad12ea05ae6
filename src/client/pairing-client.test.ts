import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPairingCode, isWholeCode, pair, requestPairing } from './pairing-client.ts';

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): typeof fetch =>
  async () =>
    new Response(JSON.stringify(body), { status, headers });

describe('formatPairingCode', () => {
  it('writes codes as they are shown, however they are typed', () => {
    expect(formatPairingCode(' bcdf ghjk')).toBe('BCDF-GHJK');
    expect(formatPairingCode('bcd')).toBe('BCD');
    expect(formatPairingCode('BCDF-')).toBe('BCDF');
    expect(isWholeCode(formatPairingCode('bcdfghjkmn'))).toBe(true);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const once = formatPairingCode(typed);
        expect(formatPairingCode(once)).toBe(once);
      }),
    );
  });
});

describe('pair', () => {
  it('gives the token', async () => {
    const body = { token: 'abc', scope: 'view', expiresAt: '2030-01-01T00:00:00Z' };
    expect(await pair('BCDF-GHJK', 'phone', answer(200, body))).toEqual({ status: 'paired', ...body });
  });

  it('says what the host said of a wrong code', async () => {
    const failed = await pair('X', 'phone', answer(401, { code: 'unauthorized', message: 'Wrong code.' }));
    expect(failed).toEqual({ status: 'failed', reason: 'wrongCode', message: 'Wrong code.' });
  });

  it('says how long to wait after too many attempts', async () => {
    const failed = await pair('X', 'phone', answer(429, {}, { 'Retry-After': '12' }));
    expect(failed).toMatchObject({ message: expect.stringContaining('12 s') });
  });

  it('says that the host cannot be reached', async () => {
    const failed = await pair('X', 'phone', () => Promise.reject(new TypeError('network')));
    expect(failed).toMatchObject({ message: expect.stringContaining('cannot be reached') });
  });

  it('tells a refusal from a host whose user says nothing in time', async () => {
    for (const [status, code, reason] of [
      [403, 'forbidden', 'refused'],
      [403, 'timeout', 'unanswered'],
      [503, 'limitExceeded', 'other'],
      [500, 'io', 'other'],
    ] as const) {
      const failed = await pair('X', 'phone', answer(status, { code, message: 'As the host puts it.' }));
      expect(failed).toEqual({ status: 'failed', reason, message: 'As the host puts it.' });
    }
  });

  it('gives up when it is told to, and takes that for no failure of the host', async () => {
    const cancel = new AbortController();
    const asked = requestPairing({
      code: 'BCDF-GHJK',
      name: 'phone',
      key: '123456',
      signal: cancel.signal,
      request: (_url, init) => {
        expect(JSON.parse(init?.body as string)).toEqual({
          code: 'BCDF-GHJK',
          name: 'phone',
          key: '123456',
        });
        return new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        });
      },
    });
    cancel.abort();
    expect(await asked).toMatchObject({ status: 'failed', reason: 'cancelled' });
  });
});
