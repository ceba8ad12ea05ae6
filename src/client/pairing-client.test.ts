import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPairingCode, isWholeCode, pair } from './pairing-client.ts';

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
    expect(failed).toEqual({ status: 'failed', message: 'Wrong code.' });
  });

  it('says how long to wait after too many attempts', async () => {
    const failed = await pair('X', 'phone', answer(429, {}, { 'Retry-After': '12' }));
    expect(failed).toMatchObject({ message: expect.stringContaining('12 s') });
  });

  it('says that the host cannot be reached', async () => {
    const failed = await pair('X', 'phone', () => Promise.reject(new TypeError('network')));
    expect(failed).toMatchObject({ message: expect.stringContaining('cannot be reached') });
  });
});
