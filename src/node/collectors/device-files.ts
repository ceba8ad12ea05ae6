import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { ProbeClient } from '../probe/probe-client.ts';
import { KeptFile, ReadBuffer } from './kept-file.ts';

export interface DeviceFilesOptions {
  readonly clock: Clock;
  readonly probe: ProbeClient;
  /** What these files belong to: at most one read of it is under way, and diagnostics name it. */
  readonly key: string;
  readonly paths: readonly string[];
  /** How long the device may take before a read of it is given up. */
  readonly deadlineMs: number;
}

/** From then on, twice in a row, a device is asked in the probe process only: the event loop has 5 ms at most. */
const slowMs = 2;
/** Then it may have been quick all along, on a machine that was busy. */
const slowForMs = 600_000;
/** For how long a file that could not be read is left alone. */
const retryMs = 10_000;

/** Texts of the files in their order, null for what cannot be read. */
export type DeviceTexts = readonly (string | null)[];

/**
 * Small files of one device, which a driver may answer in microseconds, after a second, or never. They are read in the
 * probe process until that found each of them quick, then here through kept descriptors for as long as they stay so.
 */
export class DeviceFiles implements Disposable {
  readonly #options: DeviceFilesOptions;
  #kept: Kept[] | null = null;
  #slowReads = 0;
  #slowUntilMs = -Infinity;

  constructor(options: DeviceFilesOptions) {
    this.#options = options;
  }

  /** Whether the next read goes through the probe process, and so takes its time. */
  get isSlow(): boolean {
    return this.#kept === null;
  }

  /** Throws MonitorError: `timeout` for a device that hangs, `unavailable` without the probe process. */
  read(signal: AbortSignal): DeviceTexts | Promise<DeviceTexts> {
    const kept = this.#kept;
    if (!kept) return this.#readInProbe(signal);
    const startMs = this.#options.clock.monotonic();
    const texts = kept.map((entry) => readKept(entry, startMs));
    const tookMs = this.#options.clock.monotonic() - startMs;
    // Once may be this process waiting for its turn.
    this.#slowReads = tookMs > slowMs ? this.#slowReads + 1 : 0;
    if (this.#slowReads === 2) {
      this[Symbol.dispose]();
      this.#slowUntilMs = startMs + slowForMs;
    }
    return texts;
  }

  [Symbol.dispose](): void {
    for (const { file } of this.#kept ?? []) file[Symbol.dispose]();
    this.#kept = null;
    this.#slowReads = 0;
  }

  async #readInProbe(signal: AbortSignal): Promise<DeviceTexts> {
    const { clock, probe, key, paths, deadlineMs } = this.#options;
    const { texts, slowestMs } = await probe.call('readFiles', { paths }, { key, deadlineMs, signal });
    const nowMs = clock.monotonic();
    if (slowestMs <= slowMs && nowMs >= this.#slowUntilMs) {
      const buffer = new ReadBuffer(true);
      this.#kept = paths.map((path, index) => ({
        file: new KeptFile(path, buffer),
        retryAtMs: texts[index] === null ? nowMs + retryMs : -Infinity,
      }));
    }
    return texts;
  }
}

interface Kept {
  readonly file: KeptFile;
  retryAtMs: number;
}

function readKept(kept: Kept, nowMs: number): string | null {
  if (nowMs < kept.retryAtMs) return null;
  try {
    return kept.file.read().toString('utf8').trim();
  } catch {
    // Gone, or refused by its driver with EIO or ENODATA, as by a sensor that is asleep: it does not say.
    kept.retryAtMs = nowMs + retryMs;
    return null;
  }
}
