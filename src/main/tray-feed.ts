import type { Monitor } from '../core/monitor.ts';
import { createSubscriber, type Subscription } from '../core/subscription.ts';
import { parseServerMessage, type SampleMessage, type SnapshotMessage } from '../shared/protocol/index.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Topic } from '../shared/series/raw.ts';

export type TrayMessage = SampleMessage | SnapshotMessage;

/** What a reading is told to, and that none came for longer than it should. */
export interface TrayFeedListener {
  onReading(message: TrayMessage): void;
  onQuiet(): void;
}

/** Cheap to read, all of them: a handful of files of /proc. */
const trayTopics: readonly Topic[] = ['cpu', 'memory', 'network', 'disk'];
/** A tooltip is looked at now and then; a menu that is open should not flicker. */
const trayIntervalMs = 3_000;
/** So many intervals without a reading are a silence. */
const quietAfter = 3;
/** As many as it takes for a rate. */
const keptFrames = 2;

/**
 * Keeps what the tray shows current, as a service of the monitor, for as long as the monitor lives, and the last two
 * readings for whoever opens the quick view: it need not wait for two of its own before it has a rate.
 */
export class TrayFeed {
  readonly #frames: string[] = [];
  readonly #listener: TrayFeedListener;
  readonly #clock: Clock;
  #lastMs: number;

  constructor(monitor: Monitor, clock: Clock, listener: TrayFeedListener) {
    this.#listener = listener;
    this.#clock = clock;
    this.#lastMs = clock.monotonic();
    const scope = monitor.tasks.service('tray');
    const { subscription } = monitor.hub.subscribe(
      { id: 'tray', topics: trayTopics, intervalMs: trayIntervalMs, encoding: 'json', projection: 'whole' },
      createSubscriber((ready) => this.#take(ready)),
    );
    scope.adopt('subscription', subscription);
    scope.loop('silence', quietAfter * trayIntervalMs, () => {
      if (this.#clock.monotonic() - this.#lastMs >= quietAfter * trayIntervalMs) listener.onQuiet();
    });
  }

  /** Messages of the protocol with the last two readings, the newest last; none where they are no news any more. */
  recentFrames(): readonly string[] {
    const isCurrent = this.#clock.monotonic() - this.#lastMs < quietAfter * trayIntervalMs;
    return isCurrent ? this.#frames : [];
  }

  #take(subscription: Subscription): void {
    const delivery = subscription.take();
    if (!delivery) return;
    const message = parseServerMessage(delivery.frame);
    if (message.type !== 'snapshot' && message.type !== 'sample') return;
    this.#lastMs = this.#clock.monotonic();
    this.#frames.push(String(delivery.frame));
    if (this.#frames.length > keptFrames) this.#frames.shift();
    this.#listener.onReading(message);
  }
}
