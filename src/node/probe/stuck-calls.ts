import type { ProbeProcess } from './probe-client.ts';

interface Stuck {
  /** The process that was killed with the call under way; null once it has really gone. */
  process: ProbeProcess | null;
  failures: number;
  retryAtMs: number;
}

/** How long a call that hung is left alone; doubled each time, up to the longest. */
const firstDelayMs = 2_000;
const longestDelayMs = 60_000;

/**
 * Calls whose process was killed because of them. Such a call is not made again while that process is still there:
 * one that waits in the kernel outlives even SIGKILL, and each further one would hang beside it.
 */
export class StuckCalls {
  readonly #byKey = new Map<string, Stuck>();

  /** Keys that did not answer when they were last asked. */
  keys(): string[] {
    return [...this.#byKey.keys()];
  }

  /** Why this key may not be asked now; null if it may. */
  refusal(key: string, nowMs: number): string | null {
    const stuck = this.#byKey.get(key);
    if (!stuck) return null;
    if (stuck.process) return `${key} still hangs in a process that was killed.`;
    if (nowMs >= stuck.retryAtMs) return null;
    return `${key} did not answer and is asked again in ${Math.ceil((stuck.retryAtMs - nowMs) / 1_000)} s.`;
  }

  /** Notes that `process` is killed while this call hangs in it; null where only what it waited for was killed. */
  note(key: string, process: ProbeProcess | null, nowMs: number): void {
    const failures = (this.#byKey.get(key)?.failures ?? 0) + 1;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
    this.#byKey.set(key, { process, failures, retryAtMs: nowMs + delayMs });
  }

  /** Notes that this process has ended, and with it what hung in it. */
  release(process: ProbeProcess): void {
    for (const stuck of this.#byKey.values()) if (stuck.process === process) stuck.process = null;
  }

  /** Notes that this key has answered. */
  clear(key: string): void {
    this.#byKey.delete(key);
  }
}
