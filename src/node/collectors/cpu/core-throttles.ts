import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import type { CoreRaw } from '../../../shared/series/raw/cpu.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallNumber } from '../small-file.ts';
import { SpreadFacts } from '../spread-facts.ts';

/** A file a core, each opened anew: they change seldom, and hundreds of descriptors are not worth keeping for it. */
const everyMs = 10_000;

/**
 * How often each core was slowed down for heat since boot. Source: thermal_throttle/core_throttle_count, which Intel's
 * processors have; where the first core has none no other is asked.
 */
export class CoreThrottles {
  readonly #counts: SpreadFacts<number | null>;
  /** Cores that are asked: all that are online, or none. */
  readonly #asked: Refreshed<readonly string[]>;
  #cores: readonly CoreRaw[] = [];

  constructor(clock: Clock, sysRoot: string) {
    const root = join(sysRoot, 'devices/system/cpu');
    const read = (id: string): number | null =>
      readSmallNumber(join(root, `cpu${id}/thermal_throttle/core_throttle_count`));
    this.#counts = new SpreadFacts(clock, everyMs, read);
    this.#asked = new Refreshed(clock, everyMs, () => {
      const ids = this.#cores.map(({ id }) => String(id));
      return ids[0] !== undefined && read(ids[0]) !== null ? ids : [];
    });
  }

  /** Reads what is due, for two milliseconds at most, and sets what is known of each core. */
  fill(cores: readonly CoreRaw[]): void {
    this.#cores = cores;
    const asked = this.#asked.get(String(cores.length));
    if (asked.length === 0) return;
    this.#counts.refresh(asked);
    for (const core of cores) core.throttles = this.#counts.get(String(core.id)) ?? null;
  }
}
