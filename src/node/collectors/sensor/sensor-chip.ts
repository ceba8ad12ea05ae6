import { basename, join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { DeviceFiles, type DeviceTexts } from '../device-files.ts';
import { parseChannelFigure, type HwmonChannel } from './hwmon-channels.ts';

type Sensor = SensorRaw['sensors'][number];
type Energy = SensorRaw['energies'][number];
/** A channel with what does not change about it. */
interface Channel extends Pick<HwmonChannel, 'channel' | 'kind' | 'divisor' | 'fault'> {
  readonly text: string;
  readonly highValue: number | null;
  readonly criticalValue: number | null;
}

/** Where a chip is found and what it has. */
export interface ChipPlace {
  /** Stays the same while the machine runs. */
  readonly id: string;
  readonly folder: string;
  /** Its files' names; `name` is the one that says what the chip is called. */
  readonly name: string;
  readonly channels: readonly HwmonChannel[];
}

/** How often a chip that takes its time is asked, and from when on what it said last is not shown any more. */
const slowEveryMs = 10_000;
const tooOldMs = 3 * slowEveryMs;
const deadlineMs = 2_000;

/**
 * One chip with sensors. Its labels and limits are read once; its figures each time where it is quick, and else every
 * 10 s in the probe process, nobody waiting. Whoever made it disposes it.
 */
export class SensorChip implements Disposable {
  readonly #clock: Clock;
  readonly #probe: ProbeClient;
  readonly #place: ChipPlace;
  readonly #inputs: DeviceFiles;
  #name = '';
  #channels: Channel[] | null = null;
  #texts: DeviceTexts | null = null;
  #readMs = -Infinity;
  #nextMs = -Infinity;

  constructor(clock: Clock, probe: ProbeClient, place: ChipPlace) {
    this.#clock = clock;
    this.#probe = probe;
    this.#place = place;
    const names = place.channels.flatMap(({ input, fault }) => (fault === null ? [input] : [input, fault]));
    const paths = names.map((file) => join(place.folder, file));
    this.#inputs = new DeviceFiles({ clock, probe, key: `sensors of ${place.id}`, paths, deadlineMs });
  }

  /** Its name, or an empty text until that is known. */
  get name(): string {
    return this.#name;
  }

  get id(): string {
    return this.#place.id;
  }

  /** Reads what is due. Gives a promise where that takes its time, which never rejects. */
  refresh(signal: AbortSignal): Promise<void> | null {
    const nowMs = this.#clock.monotonic();
    if (nowMs < this.#nextMs) return null;
    if (this.#channels && !this.#inputs.isSlow) {
      this.#texts = this.#inputs.read(signal) as DeviceTexts;
      this.#readMs = nowMs;
      return null;
    }
    this.#nextMs = nowMs + slowEveryMs;
    return this.#readSlowly(signal);
  }

  /** Adds what the chip says, under this name, to the lists. What it does not say is left out. */
  collect(chip: string, sensors: Sensor[], energies: Energy[]): void {
    if (!this.#channels || !this.#texts || this.#clock.monotonic() - this.#readMs > tooOldMs) return;
    let index = 0;
    for (const channel of this.#channels) {
      const { kind, highValue: high, criticalValue: critical, text: label } = channel;
      const value = parseChannelFigure(this.#texts[index++] ?? null, channel);
      const isFaulty = channel.fault !== null && this.#texts[index++] === '1';
      if (value === null || isFaulty) continue;
      const id = `${this.#place.id}/${channel.channel}`;
      if (kind !== 'energy') sensors.push({ id, chip, label, kind, value, high, critical });
      // One that is read now and then would seem to rest meanwhile, and then to leap.
      else if (!this.#inputs.isSlow)
        energies.push({ id, label: `${chip} ${label}`, joules: value, wrapsAtJoules: null });
    }
  }

  [Symbol.dispose](): void {
    this.#inputs[Symbol.dispose]();
  }

  async #readSlowly(signal: AbortSignal): Promise<void> {
    try {
      this.#channels ??= await this.#readFacts(signal);
      this.#texts = await this.#inputs.read(signal);
      this.#readMs = this.#clock.monotonic();
      if (!this.#inputs.isSlow) this.#nextMs = -Infinity;
    } catch (thrown) {
      // It hangs, or the probe process does not run: it is asked again in a while, and the others go on.
      if (!(thrown instanceof MonitorError)) throw thrown;
    }
  }

  async #readFacts(signal: AbortSignal): Promise<Channel[]> {
    const { folder, name, channels } = this.#place;
    const paths = channels.flatMap(({ label, high, critical }) => [label, high, critical]);
    const texts = await this.#probe.call(
      'readFiles',
      { paths: [name, ...paths.filter((path) => path !== null)].map((path) => join(folder, path)) },
      { key: `facts of ${this.#place.id}`, deadlineMs, signal },
    );
    let next = 0;
    const take = (path: string | null): string | null =>
      path === null ? null : (texts.texts[next++] ?? null);
    this.#name = take(name) || basename(folder);
    return channels.map((channel) => {
      const text = take(channel.label) || channel.channel;
      const highValue = parseLimit(take(channel.high), channel);
      return { ...channel, text, highValue, criticalValue: parseLimit(take(channel.critical), channel) };
    });
  }
}

/** A limit of nothing or less is one that nobody has set. */
function parseLimit(text: string | null, channel: HwmonChannel): number | null {
  const limit = parseChannelFigure(text, channel);
  return limit !== null && limit > 0 ? limit : null;
}
