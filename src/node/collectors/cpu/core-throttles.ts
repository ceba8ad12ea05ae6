import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import type { CoreRaw } from '../../../shared/series/raw/cpu.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallNumber } from '../small-file.ts';

/** A file a core, each opened anew: they change seldom, and hundreds of descriptors are not worth keeping for it. */
const everyMs = 10_000;

/**
 * How often each core was slowed down for heat since boot. Source: thermal_throttle/core_throttle_count, which Intel's
 * processors have; where the first core has none no other is asked.
 */
export class CoreThrottles {
  readonly #clock: Clock;
  readonly #root: string;
  readonly #counts: Refreshed<ReadonlyMap<number, number>>;
  #cores: readonly CoreRaw[] = [];

  constructor(clock: Clock, sysRoot: string) {
    this.#clock = clock;
    this.#root = join(sysRoot, 'devices/system/cpu');
    this.#counts = new Refreshed(this.#clock, everyMs, () => this.#read());
  }

  /** Counts by core; none where the machine does not count. */
  get(cores: readonly CoreRaw[]): ReadonlyMap<number, number> {
    this.#cores = cores;
    return this.#counts.get(String(cores.length));
  }

  #read(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { id } of this.#cores) {
      const count = readSmallNumber(join(this.#root, `cpu${id}/thermal_throttle/core_throttle_count`));
      if (count !== null) counts.set(id, count);
      else if (counts.size === 0) break;
    }
    return counts;
  }
}
