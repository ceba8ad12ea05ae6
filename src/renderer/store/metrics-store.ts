import type { RawOf, Topic } from '../../shared/series/raw.ts';
import type { Sample, Section } from '../../shared/series/sample.ts';
import {
  deriveTopicState,
  loadingTopic,
  sumRates,
  trafficDevices,
  trafficInterfaces,
  type TopicState,
} from './figures.ts';
import { RingBuffer } from './ring-buffer.ts';
import { Timeline } from './timeline.ts';
import { deriveUsedMemoryBytes } from '../../shared/series/used-memory.ts';

/** Columns of each kind of ring, by which charts name what they draw. */
export const columns = {
  cpu: { user: 0, system: 1, iowait: 2, steal: 3, used: 4 },
  core: { used: 0 },
  memory: { used: 0, buffers: 1, cached: 2, swap: 3 },
  load: { one: 0, five: 1, fifteen: 2 },
  network: { rx: 0, tx: 1 },
  disk: { read: 0, written: 1, busy: 2 },
} as const;

export type RingKind = keyof typeof columns;
/** `kind`, or `kind/name` for one of many: `cpu`, `core/3`, `network/eth0`; `network` and `disk` are the sums. */
export type RingKey = RingKind | `${RingKind}/${string}`;

/** 15 minutes at one reading a second. */
const ringCapacity = 900;

/**
 * Turns the samples that arrive into the newest figures of each topic and into series, outside React. Whoever
 * draws is told that something changed and takes what it needs.
 */
export class MetricsStore {
  readonly #timeline = new Timeline();
  readonly #states = new Map<Topic, TopicState<never>>();
  readonly #lastOk = new Map<Topic, Section<unknown>>();
  readonly #rings = new Map<string, RingBuffer>();
  readonly #onChange: (topics: readonly Topic[]) => void;
  #seq = 0;

  constructor(onChange: (topics: readonly Topic[]) => void) {
    this.#onChange = onChange;
  }

  /** Sequence number of the newest sample. */
  get seq(): number {
    return this.#seq;
  }

  /** x of the newest sample: the right edge of every chart. NaN before the first. */
  get nowX(): number {
    return Number.isFinite(this.#timeline.lastX) ? this.#timeline.lastX : NaN;
  }

  /** The topic's newest state. A new object whenever it changed, the same otherwise. */
  topic<T extends Topic>(topic: T): TopicState<T> {
    return this.#states.get(topic) ?? loadingTopic;
  }

  /** The series of that name; undefined before its first reading and once its subject has gone. */
  ring(key: RingKey): RingBuffer | undefined {
    return this.#rings.get(key);
  }

  /** Takes a sample in. */
  apply(sample: Sample): void {
    this.#seq = Math.max(this.#seq, sample.seq);
    const x = this.#timeline.place(sample);
    const changed: Topic[] = [];
    for (const topic of Object.keys(sample.sections) as Topic[]) {
      const section = sample.sections[topic];
      if (!section || this.#isKnown(topic, section)) continue;
      this.#take(topic, section, x, sample);
      changed.push(topic);
    }
    if (changed.length > 0) this.#onChange(changed);
  }

  /** What follows does not continue what there is: a gap in every series. */
  breakSeries({ restarted, keepReadings }: { restarted: boolean; keepReadings: boolean }): void {
    if (restarted) {
      this.#timeline.relay();
      this.#seq = 0;
    }
    if (!keepReadings) this.#lastOk.clear();
    for (const ring of this.#rings.values()) if (ring.length > 0) ring.pushGap(ring.lastX + 1);
  }

  /** Forgets a topic that is no longer asked for. */
  forget(topic: Topic): void {
    this.#states.delete(topic);
    this.#lastOk.delete(topic);
    this.#onChange([topic]);
  }

  /** A snapshot may bring a reading that came before, which says nothing new. */
  #isKnown(topic: Topic, section: Section<unknown>): boolean {
    const lastOk = this.#lastOk.get(topic);
    return (
      section.status === 'ok' &&
      lastOk?.status === 'ok' &&
      section.readMs === lastOk.readMs &&
      this.topic(topic).status === 'ok'
    );
  }

  #take<T extends Topic>(topic: T, section: Section<unknown>, x: number, sample: Sample): void {
    const next = section as Section<RawOf<T>>;
    const lastOk = this.#lastOk.get(topic) as Section<RawOf<T>> | undefined;
    const state = deriveTopicState(topic, this.topic(topic), lastOk, next, sample.discontinuity);
    if (next.status === 'ok') this.#lastOk.set(topic, next);
    this.#states.set(topic, state as unknown as TopicState<never>);
    if (topic === 'cpu') this.#drawCpu(state as unknown as TopicState<'cpu'>, x);
    else if (topic === 'memory') this.#drawMemory(state as unknown as TopicState<'memory'>, x);
    else if (topic === 'network') this.#drawNetwork(state as unknown as TopicState<'network'>, x);
    else if (topic === 'disk') this.#drawDisk(state as unknown as TopicState<'disk'>, x);
  }

  #drawCpu({ status, data, rates }: TopicState<'cpu'>, x: number): void {
    const load = status === 'ok' ? data?.load : null;
    this.#push('load', 'load', x, load ? [load.one, load.five, load.fifteen] : null);
    if (rates?.status !== 'ok') {
      this.#push('cpu', 'cpu', x, null);
      this.#gapAll('core', x);
      return;
    }
    const { total } = rates;
    this.#push('cpu', 'cpu', x, [
      total.user,
      total.system + total.irq,
      total.iowait,
      total.steal,
      total.used,
    ]);
    for (const { id, shares } of rates.cores) {
      this.#push(`core/${id}`, 'core', x, shares.status === 'ok' ? [shares.used] : null);
    }
    this.#keepOnly('core', new Set(rates.cores.map(({ id }) => `core/${id}`)));
  }

  #drawMemory({ status, data }: TopicState<'memory'>, x: number): void {
    if (status !== 'ok' || !data) return this.#push('memory', 'memory', x, null);
    const used = deriveUsedMemoryBytes(data);
    // Cache that cannot be had, such as shared memory, is in use already: the stack never passes the total.
    const cached = Math.min(
      data.cachedBytes,
      Math.max(0, data.totalBytes - data.freeBytes - used - data.buffersBytes),
    );
    const swap = data.swapTotalBytes - data.swapFreeBytes;
    this.#push('memory', 'memory', x, [used, data.buffersBytes, cached, swap]);
  }

  #drawNetwork({ data, rates }: TopicState<'network'>, x: number): void {
    const interfaces = rates?.status === 'ok' ? rates.interfaces : null;
    for (const { name } of data?.interfaces ?? []) {
      const rated = interfaces?.get(name);
      const row = rated?.status === 'ok' ? [rated.rxBytesPerSecond, rated.txBytesPerSecond] : null;
      this.#push(`network/${name}`, 'network', x, row);
    }
    this.#keepOnly('network', new Set(data?.interfaces.map(({ name }) => `network/${name}`)));
    const main = trafficInterfaces(data?.interfaces ?? []);
    const rx = sumRates(main, interfaces, (of) => of.rxBytesPerSecond);
    const tx = sumRates(main, interfaces, (of) => of.txBytesPerSecond);
    this.#push('network', 'network', x, rx === null || tx === null ? null : [rx, tx]);
  }

  #drawDisk({ data, rates }: TopicState<'disk'>, x: number): void {
    const devices = rates?.status === 'ok' ? rates.devices : null;
    for (const { name } of data?.devices ?? []) {
      const rated = devices?.get(name);
      const row =
        rated?.status === 'ok'
          ? [rated.readBytesPerSecond, rated.writtenBytesPerSecond, rated.busy ?? NaN]
          : null;
      this.#push(`disk/${name}`, 'disk', x, row);
    }
    this.#keepOnly('disk', new Set(data?.devices.map(({ name }) => `disk/${name}`)));
    const main = trafficDevices(data?.devices ?? []);
    const read = sumRates(main, devices, (of) => of.readBytesPerSecond);
    const written = sumRates(main, devices, (of) => of.writtenBytesPerSecond);
    this.#push('disk', 'disk', x, read === null || written === null ? null : [read, written]);
  }

  #push(key: RingKey, kind: RingKind, x: number, row: readonly number[] | null): void {
    let ring = this.#rings.get(key);
    if (!ring) {
      ring = new RingBuffer(ringCapacity, Object.keys(columns[kind]).length);
      this.#rings.set(key, ring);
    }
    if (row) ring.push(x, row);
    else ring.pushGap(x);
  }

  #gapAll(kind: RingKind, x: number): void {
    for (const [key, ring] of this.#rings) if (key.startsWith(`${kind}/`)) ring.pushGap(x);
  }

  #keepOnly(kind: RingKind, keys: ReadonlySet<string>): void {
    for (const key of this.#rings.keys()) {
      if (key.startsWith(`${kind}/`) && !keys.has(key)) this.#rings.delete(key);
    }
  }
}
