import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Limits } from '../../shared/protocol/index.ts';

/** Whether a secret from an address is looked at now, or after how long. */
export type AuthVerdict =
  { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

export type AuthLimits = Pick<
  Limits,
  'authFailuresPerMinutePerAddress' | 'authFailuresPerMinute' | 'authDelayMaxMs'
>;

interface AddressRecord {
  /** Monotonic times of the failures of the last minute. */
  failures: number[];
  /** The delay that the last failure cost; 0 below the limit. */
  delayMs: number;
  /** Until then nothing of this address is looked at. */
  blockedUntilMs: number;
}

const minuteMs = 60_000;
const firstDelayMs = 1_000;
/** More addresses than this are not remembered: the oldest goes. The limit over all still holds. */
const maxAddresses = 4_096;

/**
 * Slows down guessing: past so many failures a minute each further one of an address doubles its delay, up to
 * a minute; and so many failures a minute over all addresses stop everybody until the minute is over. Nobody
 * is banned: an address that was quiet for a minute after its delay starts afresh.
 */
export class AuthLimiter {
  readonly #clock: Clock;
  readonly #limits: AuthLimits;
  readonly #addresses = new Map<string, AddressRecord>();
  #all: number[] = [];

  constructor(clock: Clock, limits: AuthLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Asked before a secret is compared. Counts nothing. */
  check(address: string): AuthVerdict {
    const nowMs = this.#clock.monotonic();
    this.#all = this.#all.filter((atMs) => nowMs - atMs < minuteMs);
    const waits = [0];
    if (this.#all.length >= this.#limits.authFailuresPerMinute) waits.push(this.#all[0]! + minuteMs - nowMs);
    const record = this.#addresses.get(address);
    if (record) waits.push(record.blockedUntilMs - nowMs);
    const retryAfterMs = Math.max(...waits);
    return retryAfterMs > 0 ? { allowed: false, retryAfterMs } : { allowed: true };
  }

  /** Tells of a secret that was looked at and wrong. */
  noteFailure(address: string): void {
    const nowMs = this.#clock.monotonic();
    this.#all.push(nowMs);
    const record = this.#take(address, nowMs);
    record.failures.push(nowMs);
    if (record.failures.length < this.#limits.authFailuresPerMinutePerAddress && record.delayMs === 0) return;
    record.delayMs = Math.min(this.#limits.authDelayMaxMs, record.delayMs * 2 || firstDelayMs);
    record.blockedUntilMs = nowMs + record.delayMs;
  }

  /** Tells of a right secret: its address starts afresh. */
  noteSuccess(address: string): void {
    this.#addresses.delete(address);
  }

  /** Addresses remembered now. */
  get size(): number {
    return this.#addresses.size;
  }

  #take(address: string, nowMs: number): AddressRecord {
    let record = this.#addresses.get(address);
    if (record) {
      record.failures = record.failures.filter((atMs) => nowMs - atMs < minuteMs);
      if (nowMs - record.blockedUntilMs >= minuteMs) record.delayMs = 0;
      return record;
    }
    if (this.#addresses.size >= maxAddresses) this.#forget(nowMs);
    record = { failures: [], delayMs: 0, blockedUntilMs: -minuteMs };
    this.#addresses.set(address, record);
    return record;
  }

  #forget(nowMs: number): void {
    for (const [address, record] of this.#addresses) {
      const last = Math.max(record.blockedUntilMs, record.failures.at(-1) ?? -minuteMs);
      if (nowMs - last >= minuteMs) this.#addresses.delete(address);
    }
    const [oldest] = this.#addresses.keys();
    if (oldest !== undefined && this.#addresses.size >= maxAddresses) this.#addresses.delete(oldest);
  }
}
