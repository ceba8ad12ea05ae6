import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { unknownCpuCgroup, type CpuCgroup } from '../../../shared/series/raw/cpu.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { LabelledNumbers } from '../labelled-numbers.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { Refreshed } from '../refreshed.ts';
import { readCpuLimit, type CpuLimit } from './cpu-limit.ts';

/** Version 2 counts microseconds. */
const unified = new LabelledNumbers(['usage_usec', 'nr_periods', 'nr_throttled', 'throttled_usec']);
/** Version 1 counts nanoseconds. */
const v1 = new LabelledNumbers(['nr_periods', 'nr_throttled', 'throttled_time']);

/** The limit of processor time, looked for every 10 s, and its use, read each time from kept descriptors. */
export class OwnCpuGroup implements Disposable {
  readonly #clock: Clock;
  readonly #limits: Refreshed<CpuLimit | null>;
  #limit: CpuLimit | null = null;
  #stat: OptionalFile | null = null;
  #usage: OptionalFile | null = null;

  constructor({ clock, procRoot, sysRoot }: LinuxSources) {
    this.#clock = clock;
    this.#limits = new Refreshed(clock, 10_000, () => readCpuLimit(procRoot, sysRoot));
  }

  /** Null without a limit; one that is no less than the cores of the machine is none. */
  read(machineCores: number): CpuCgroup | null {
    const limit = this.#limits.get();
    if (!limit || limit.cores >= machineCores) return null;
    if (this.#limit?.statFile !== limit.statFile || this.#limit.usageFile !== limit.usageFile)
      this.#open(limit);
    this.#limit = limit;
    return { ...unknownCpuCgroup, path: limit.path, limitCores: limit.cores, ...this.#count(limit) };
  }

  [Symbol.dispose](): void {
    this.#stat?.[Symbol.dispose]();
    this.#usage?.[Symbol.dispose]();
    this.#stat = null;
    this.#usage = null;
    this.#limit = null;
  }

  #open({ statFile, usageFile }: CpuLimit): void {
    this[Symbol.dispose]();
    this.#stat = statFile === null ? null : new OptionalFile(this.#clock, statFile);
    this.#usage = usageFile === null ? null : new OptionalFile(this.#clock, usageFile);
  }

  #count({ version }: CpuLimit): Partial<CpuCgroup> {
    const stat = this.#stat?.read() ?? Buffer.alloc(0);
    if (version === 2) {
      const found = unified.find(stat);
      return {
        usageMicros: found.usage_usec,
        periods: found.nr_periods,
        throttledPeriods: found.nr_throttled,
        throttledMicros: found.throttled_usec,
      };
    }
    const found = v1.find(stat);
    const usage = this.#usage?.read();
    return {
      usageMicros: deriveMicros(usage ? new ByteScanner(usage).numberIfThere() : null),
      periods: found.nr_periods,
      throttledPeriods: found.nr_throttled,
      throttledMicros: deriveMicros(found.throttled_time),
    };
  }
}

function deriveMicros(nanos: number | null): number | null {
  return nanos === null ? null : nanos / 1_000;
}
