import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { createUnknown } from '../../../shared/series/raw/unknown.ts';
import { gpuDeviceRawSchema, type GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { DeviceFiles, type DeviceTexts } from '../device-files.ts';
import { ReadBuffer } from '../kept-file.ts';
import { OptionalFile } from '../optional-file.ts';
import { findCardFigures, parseCardFigure, type CardFigure } from './card-figures.ts';
import type { DrmCard } from './drm-card.ts';

const deadlineMs = 1_000;
/** How often a card that takes its time is asked, and for how long what it said holds. */
const slowEveryMs = 10_000;
const tooOldMs = 3 * slowEveryMs;
const unknown = createUnknown(gpuDeviceRawSchema);

/** One card and what its driver tells of it. Whoever made it disposes it. */
export class GpuCard implements Disposable {
  readonly #clock: Clock;
  readonly #card: DrmCard;
  readonly #figures: readonly CardFigure[];
  readonly #files: DeviceFiles;
  readonly #power: OptionalFile;
  #texts: DeviceTexts | null = null;
  #readMs = -Infinity;
  #nextMs = -Infinity;

  constructor(clock: Clock, probe: ProbeClient, card: DrmCard) {
    this.#clock = clock;
    this.#card = card;
    this.#figures = findCardFigures(card);
    const paths = this.#figures.map(({ path }) => path);
    this.#files = new DeviceFiles({ clock, probe, key: `graphics processor ${card.id}`, paths, deadlineMs });
    this.#power = new OptionalFile(clock, join(card.device, 'power/runtime_status'), new ReadBuffer(true));
  }

  /** Whether it is switched off to save power; to ask its driver anything would switch it on. */
  isAsleep(): boolean {
    return this.#power.read()?.toString('latin1').trim() === 'suspended';
  }

  /** Reads what is due of a card that is awake. Gives a promise where that takes its time, which never rejects. */
  refresh(signal: AbortSignal): Promise<void> | null {
    const nowMs = this.#clock.monotonic();
    if (this.#figures.length === 0 || nowMs < this.#nextMs) return null;
    if (!this.#files.isSlow) {
      this.#texts = this.#files.read(signal) as DeviceTexts;
      this.#readMs = nowMs;
      return null;
    }
    this.#nextMs = nowMs + slowEveryMs;
    return this.#readSlowly(signal);
  }

  /** The card as it was read last. One that is asleep does nothing. */
  derive(isAsleep: boolean): GpuDeviceRaw {
    const { id, name, vendor, driver } = this.#card;
    const device: GpuDeviceRaw = { ...unknown, id, name, vendor, driver };
    if (isAsleep) return { ...device, busy: 0 };
    if (!this.#texts || this.#clock.monotonic() - this.#readMs > tooOldMs) return device;
    for (const [index, figure] of this.#figures.entries()) {
      device[figure.key] = parseCardFigure(figure, this.#texts[index] ?? null);
    }
    return device;
  }

  [Symbol.dispose](): void {
    this.#files[Symbol.dispose]();
    this.#power[Symbol.dispose]();
  }

  async #readSlowly(signal: AbortSignal): Promise<void> {
    try {
      this.#texts = await this.#files.read(signal);
      this.#readMs = this.#clock.monotonic();
      if (!this.#files.isSlow) this.#nextMs = -Infinity;
    } catch (thrown) {
      // Its driver hangs, or the probe process does not run: it is asked again in a while.
      if (!(thrown instanceof MonitorError)) throw thrown;
    }
  }
}
