import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { Pairing, pairingAlphabet } from './pairing.ts';
import type { IssuedToken } from './token-store.ts';

const request = { name: 'phone', address: '127.0.0.1', key: null };

describe('Pairing', () => {
  let clock: FakeClock;
  let created: { name: string; scope: string }[];
  let pairing: Pairing;
  const create = (confirm?: () => Promise<boolean>): Pairing =>
    new Pairing({
      clock,
      limits: defaultLimits,
      tokens: {
        create: async (wanted) => {
          created.push(wanted);
          return { token: 'secret' } as IssuedToken;
        },
      },
      ...(confirm && { confirm }),
    });
  beforeEach(() => {
    clock = new FakeClock();
    created = [];
    pairing = create();
  });
  const wrong = (code: string): string => (code.startsWith('B') ? 'C' : 'B') + code.slice(1);

  it('shows eight letters of an alphabet of twenty without vowels as XXXX-XXXX', () => {
    expect(new Set(pairingAlphabet).size).toBe(20);
    expect(pairingAlphabet).not.toMatch(/[AEIOUY0-9]/);
    for (let index = 0; index < 200; index++) {
      expect(pairing.open().code).toMatch(new RegExp(`^[${pairingAlphabet}]{4}-[${pairingAlphabet}]{4}$`));
    }
  });

  it.each([
    ['as it is shown', (code: string) => code],
    ['without the dash', (code: string) => code.replace('-', '')],
    ['in small letters with spaces', (code: string) => ` ${code.toLowerCase().replace('-', ' ')} `],
  ])('takes a code %s', async (_, write) => {
    const { code } = pairing.open();
    expect((await pairing.redeem(write(code), request)).status).toBe('paired');
    expect(created).toEqual([{ name: 'phone', scope: 'view' }]);
  });

  it('takes a code once, even of two that come at the same time', async () => {
    const { code } = pairing.open();
    const outcomes = await Promise.all([pairing.redeem(code, request), pairing.redeem(code, request)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['paired', 'noCode']);
    expect(created).toHaveLength(1);
  });

  it('ends a code after five minutes', async () => {
    const { code, expiresAtMs } = pairing.open();
    expect(expiresAtMs).toBe(clock.wall() + 300_000);
    await clock.advance(299_999);
    expect(pairing.current()?.code).toBe(code);
    await clock.advance(1);
    expect(pairing.current()).toBeNull();
    expect((await pairing.redeem(code, request)).status).toBe('noCode');
  });

  it('ends a code after five wrong attempts in all', async () => {
    const { code } = pairing.open();
    for (let index = 0; index < 5; index++) {
      expect((await pairing.redeem(wrong(code), { ...request, address: `10.0.0.${index}` })).status).toBe(
        'wrong',
      );
    }
    expect((await pairing.redeem(code, request)).status).toBe('noCode');
    expect(created).toEqual([]);
  });

  it('still takes the right code at the fifth attempt', async () => {
    const { code } = pairing.open();
    for (let index = 0; index < 4; index++) await pairing.redeem(wrong(code), request);
    expect((await pairing.redeem(code, request)).status).toBe('paired');
  });

  it('voids the code before when a new one is opened, and the current one when it is closed', async () => {
    const first = pairing.open().code;
    const second = pairing.open().code;
    expect((await pairing.redeem(first, request)).status).toBe('wrong');
    pairing.close();
    expect((await pairing.redeem(second, request)).status).toBe('noCode');
  });

  it('makes no token where the host’s user refuses, and the code is used', async () => {
    pairing = create(() => Promise.resolve(false));
    const { code } = pairing.open();
    expect((await pairing.redeem(code, request)).status).toBe('refused');
    expect((await pairing.redeem(code, request)).status).toBe('noCode');
    expect(created).toEqual([]);
  });
});
