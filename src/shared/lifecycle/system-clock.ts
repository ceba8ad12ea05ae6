import type { Clock } from './clock.ts';

/** Longest delay that a host's timer takes (2^31 − 1 ms); beyond it timers fire at once. */
const longestTimerMs = 0x7fff_ffff;

/** The host's real clock: `performance.now`, `Date.now` and the raw timers of the project. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        Math.min(Math.max(0, ms), longestTimerMs),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
  giveWay: () =>
    // Node's alone; a timer of a browser is late by milliseconds, which is soon enough there.
    new Promise((resolve) =>
      typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve, 0),
    ),
};
