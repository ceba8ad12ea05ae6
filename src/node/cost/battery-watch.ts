import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBattery, parseOnline, parseSupplyProperties } from '../collectors/power/parse-supply.ts';
import { deriveOnBattery, findSupplies } from '../collectors/power/supplies.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';

/** How often it is looked at most. */
const everyMs = 30_000;

/**
 * Whether the machine runs on its battery, from /sys/class/power_supply. Some firmware takes long to answer: it is
 * asked in the background, when somebody wants to know, and the answer is that of the last time.
 */
export class BatteryWatch {
  readonly #clock: Clock;
  readonly #root: string;
  #known = false;
  #askedMs: number | null = null;
  #asking: Promise<void> | null = null;

  constructor(clock: Clock, sysRoot: string) {
    this.#clock = clock;
    this.#root = join(sysRoot, 'class/power_supply');
  }

  /** The last answer; false until there is one, and where the machine does not say. */
  get onBattery(): boolean {
    const nowMs = this.#clock.monotonic();
    if (this.#askedMs === null || nowMs - this.#askedMs >= everyMs) {
      this.#askedMs = nowMs;
      void this.ask();
    }
    return this.#known;
  }

  /** Asks now, or waits for what has been asked. Never rejects. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const supplies = findSupplies(this.#root);
    const texts = await Promise.all(supplies.map(({ name }) => readText(join(this.#root, name, 'uevent'))));
    const properties = texts.map((text) => parseSupplyProperties(text));
    this.#known =
      deriveOnBattery(
        supplies.flatMap(({ name, isBattery }, at) =>
          isBattery && properties[at]!.get('PRESENT') !== '0' ? parseBattery(name, properties[at]!) : [],
        ),
        supplies.flatMap(({ isBattery }, at) => (isBattery ? [] : parseOnline(properties[at]!))),
      ) ?? false;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return ''; // It was taken out in the meantime, or does not say.
  }
}
