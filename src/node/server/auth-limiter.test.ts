import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { AuthLimiter } from './auth-limiter.ts';

const a = '127.0.0.1';

describe('AuthLimiter', () => {
  let clock: FakeClock;
  let limiter: AuthLimiter;
  beforeEach(() => {
    clock = new FakeClock();
    limiter = new AuthLimiter(clock, defaultLimits);
  });
  const fail = (times: number, address = a): void => {
    for (let index = 0; index < times; index++) limiter.noteFailure(address);
  };

  it('lets an address fail four times without a delay', () => {
    fail(4);
    expect(limiter.check(a)).toEqual({ allowed: true });
  });

  it('delays an address after five failures in a minute, and no other', () => {
    fail(5);
    expect(limiter.check(a)).toEqual({ allowed: false, retryAfterMs: 1_000 });
    expect(limiter.check('192.168.1.9')).toEqual({ allowed: true });
  });

  it('does not delay five failures that are spread over more than a minute', async () => {
    for (let index = 0; index < 10; index++) {
      fail(1);
      expect(limiter.check(a)).toEqual({ allowed: true });
      await clock.advance(15_001);
    }
  });

  it('doubles the delay with each further failure, up to a minute', async () => {
    fail(4);
    const delays: number[] = [];
    for (let index = 0; index < 9; index++) {
      fail(1);
      const verdict = limiter.check(a);
      if (verdict.allowed) throw new Error('not delayed');
      delays.push(verdict.retryAfterMs);
      await clock.advance(verdict.retryAfterMs);
      expect(limiter.check(a)).toEqual({ allowed: true });
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('bans nobody: a quiet minute after the delay starts afresh', async () => {
    fail(8);
    await clock.advance(8_000 + 60_000);
    fail(4);
    expect(limiter.check(a)).toEqual({ allowed: true });
  });

  it('starts afresh after a success', () => {
    fail(5);
    limiter.noteSuccess(a);
    expect(limiter.check(a)).toEqual({ allowed: true });
  });

  it('stops everybody after sixty failures in a minute over all addresses, until the first is a minute old', async () => {
    for (let index = 0; index < 60; index++) {
      fail(1, `10.0.0.${index}`);
      await clock.advance(100);
    }
    expect(limiter.check('10.0.1.1')).toEqual({ allowed: false, retryAfterMs: 54_000 });
    await clock.advance(54_000);
    expect(limiter.check('10.0.1.1')).toEqual({ allowed: true });
  });

  it('remembers a bounded number of addresses', () => {
    for (let index = 0; index < 10_000; index++) fail(1, `2001:db8::${index.toString(16)}`);
    expect(limiter.size).toBeLessThanOrEqual(4_096);
  });
});
