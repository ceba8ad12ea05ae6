import type { Monitor } from '../core/monitor.ts';
import { createSubscriber } from '../core/subscription.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Topic } from '../shared/series/raw.ts';

/** What the first screen shows. */
const warmTopics: readonly Topic[] = ['cpu', 'memory', 'network', 'disk'];
/** Long enough for a window to be made, and to subscribe itself. */
const warmMs = 5_000;

/** Keeps what the first screen shows warm. One monitor has one. */
export class WarmStart {
  readonly #monitor: Monitor;
  readonly #clock: Clock;
  #isWarm = false;

  constructor(monitor: Monitor, clock: Clock) {
    this.#monitor = monitor;
    this.#clock = clock;
  }

  /**
   * Begins to measure before the window that is about to open can ask for it, so that its first sample is not
   * its first reading. Lasts a few seconds; while it does, asking again changes nothing.
   */
  begin(): void {
    if (this.#isWarm) return;
    this.#isWarm = true;
    const scope = this.#monitor.tasks.service('warm start');
    const { subscription } = this.#monitor.hub.subscribe(
      { id: 'warm-start', topics: warmTopics, intervalMs: 250, encoding: 'json', projection: 'whole' },
      createSubscriber(() => undefined),
    );
    scope.adopt('subscription', subscription);
    scope.spawn('expiry', async (signal) => {
      await this.#clock.sleep(warmMs, signal);
      void scope.close('the window has had its time').then(() => {
        this.#isWarm = false;
      });
    });
  }
}
