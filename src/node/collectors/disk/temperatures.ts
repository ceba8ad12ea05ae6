import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { BackgroundFact } from '../background-fact.ts';
import type { DeviceFacts } from './device-facts.ts';
import { parseTemperature } from './health.ts';
import type { DeviceCounters } from './parse-diskstats.ts';

interface Thermometer {
  readonly name: string;
  readonly path: string;
  readonly rotational: boolean | null;
  /** Reads and writes that it has done, by which one that is at rest is left alone. */
  readonly operations: number;
}

const none: ReadonlyMap<string, number> = new Map();
const everyMs = 30_000;
/** A command of the disk's own, which one that fails answers after its time-out only. */
const deadlineMs = 5_000;

/**
 * Temperatures of disks. Reading one sends a command to the disk, which can take as long as the disk likes: it is done
 * in the probe process. A disk with moving parts that has done nothing since is not asked: that would put off its sleep.
 */
export class Temperatures implements AsyncDisposable {
  readonly #fact: BackgroundFact<ReadonlyMap<string, number>>;
  readonly #probe: ProbeClient;
  readonly #operations = new Map<string, number>();
  #thermometers: readonly Thermometer[] = [];

  constructor(clock: Clock, probe: ProbeClient) {
    this.#probe = probe;
    this.#fact = new BackgroundFact({ clock, everyMs, find: (signal) => this.#find(signal) });
  }

  /** Degrees Celsius by the disk's name, as last read; a disk that did not say is left out. */
  get(
    counters: readonly DeviceCounters[],
    facts: readonly (DeviceFacts | null)[],
  ): ReadonlyMap<string, number> {
    const thermometers: Thermometer[] = [];
    for (const [at, { name, readOperations, writeOperations }] of counters.entries()) {
      const { temperatureFile: path = null, rotational = null } = facts[at] ?? {};
      if (path) thermometers.push({ name, path, rotational, operations: readOperations + writeOperations });
    }
    this.#thermometers = thermometers;
    return thermometers.length === 0 ? none : (this.#fact.get()?.value ?? none);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#fact[Symbol.asyncDispose]();
  }

  async #find(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const asked = this.#thermometers.filter(({ name, rotational, operations }) => {
      return rotational !== true || this.#operations.get(name) !== operations;
    });
    this.#operations.clear();
    for (const { name, operations } of this.#thermometers) this.#operations.set(name, operations);
    await Promise.all(
      asked.map(async ({ name, path }) => {
        const celsius = await this.#read(path, signal);
        if (celsius !== null) found.set(name, celsius);
      }),
    );
    return found;
  }

  async #read(path: string, signal: AbortSignal): Promise<number | null> {
    try {
      const { texts } = await this.#probe.call(
        'readFiles',
        { paths: [path] },
        { key: path, deadlineMs, signal },
      );
      return parseTemperature(texts[0] ?? null);
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof MonitorError)) throw thrown;
      // Stuck, gone or not to be asked now: this one does not say.
      return null;
    }
  }
}
