import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { KeptFile, ReadBuffer } from '../kept-file.ts';
import { energyRemedy, type PowercapZone } from './powercap.ts';

/** For how long a counter that could not be read is left alone. */
const retryMs = 60_000;

interface Counter {
  readonly zone: PowercapZone;
  readonly file: KeptFile;
  retryAtMs: number;
}

/** The energy counters that this user may read, and what to do about the others. Whoever made it disposes it. */
export class EnergyCounters implements Disposable {
  readonly #clock: Clock;
  readonly #buffer = new ReadBuffer(true);
  #counters: Counter[] = [];
  #remedy: string | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What to do to see the counters that are hidden; null where none are. */
  get remedy(): string | null {
    return this.#remedy;
  }

  /** Reads these from now on. */
  use(zones: readonly PowercapZone[]): void {
    const readable = zones.filter(({ isForbidden }) => !isForbidden);
    this.#remedy = readable.length < zones.length ? energyRemedy : null;
    if (readable.map(({ id }) => id).join() === this.#counters.map(({ zone }) => zone.id).join()) return;
    this[Symbol.dispose]();
    this.#counters = readable.map((zone) => ({ zone, file: new KeptFile(zone.file, this.#buffer), retryAtMs: -Infinity })); // prettier-ignore
  }

  /** Reads them, which the processor answers at once. One that cannot be read is left out. */
  read(): SensorRaw['energies'] {
    const nowMs = this.#clock.monotonic();
    const energies: SensorRaw['energies'] = [];
    for (const counter of this.#counters) {
      if (nowMs < counter.retryAtMs) continue;
      const { id, label, wrapsAtJoules } = counter.zone;
      const microjoules = readCount(counter.file);
      if (microjoules === null) counter.retryAtMs = nowMs + retryMs;
      else energies.push({ id, label, joules: microjoules / 1e6, wrapsAtJoules });
    }
    return energies;
  }

  [Symbol.dispose](): void {
    for (const { file } of this.#counters) file[Symbol.dispose]();
    this.#counters = [];
  }
}

function readCount(file: KeptFile): number | null {
  try {
    return new ByteScanner(file.read()).numberIfThere();
  } catch (thrown) {
    // Gone, or kept to root again.
    if (thrown instanceof MonitorError) return null;
    throw thrown;
  }
}
