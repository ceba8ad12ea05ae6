/**
 * The only source of time. Everything that waits or measures takes one, so that every test can fake it.
 */
export interface Clock {
  /** Milliseconds since an arbitrary start, never going back, not advancing while the machine sleeps (Linux). */
  monotonic(): number;
  /** Milliseconds since 1970-01-01 UTC by the machine's clock, which people and NTP may step. */
  wall(): number;
  /**
   * Resolves after `ms` milliseconds. Rejects with the signal's reason, and keeps no timer and no listener,
   * once `signal` aborts.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves once whatever waits on the event loop has had its turn: sooner than any timer. */
  giveWay(): Promise<void>;
}
