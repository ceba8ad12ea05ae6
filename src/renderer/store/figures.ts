import { deriveContainerRates, type ContainerRates } from '../../shared/series/rates/container.ts';
import { deriveCostRates, type CostRates } from '../../shared/series/rates/cost.ts';
import { deriveCpuRates, type CpuRates } from '../../shared/series/rates/cpu.ts';
import { deriveDiskRates, type DiskRates } from '../../shared/series/rates/disk.ts';
import type { GroupRates } from '../../shared/series/rates/group-usage.ts';
import { deriveMemoryRates, type MemoryRates } from '../../shared/series/rates/memory.ts';
import { deriveNetworkRates, type InterfaceRates } from '../../shared/series/rates/network.ts';
import { deriveSocketRates, type SocketRates } from '../../shared/series/rates/socket.ts';
import type { ProcessRows } from '../../shared/series/rates/process.ts';
import { deriveServiceRates } from '../../shared/series/rates/service.ts';
import { deriveSensorRates, type SensorRates } from '../../shared/series/rates/sensor.ts';
import { type GapReason, type Rated } from '../../shared/series/rates/span.ts';
import type { RawOf, Topic } from '../../shared/series/raw.ts';
import type { DeviceRaw } from '../../shared/series/raw/disk.ts';
import type { InterfaceRaw } from '../../shared/series/raw/network.ts';
import type { Discontinuity, Section } from '../../shared/series/sample.ts';
import { deriveTruth, type Truth } from '../../shared/series/truth.ts';
import { deriveProcessTable } from './processes/process-rates.ts';

/** What can be said of each topic between two readings. `null` for topics that have no rates. */
export interface RatesByTopic {
  readonly cpu: Rated<CpuRates>;
  readonly memory: Rated<MemoryRates>;
  readonly network: Rated<{ readonly interfaces: ReadonlyMap<string, Rated<InterfaceRates>> }>;
  readonly disk: Rated<DiskRates>;
  readonly socket: Rated<SocketRates>;
  readonly filesystem: null;
  readonly process: Rated<{ readonly rows: ProcessRows }>;
  readonly sensor: Rated<SensorRates>;
  readonly power: null;
  readonly gpu: null;
  readonly container: Rated<{ readonly containers: ReadonlyMap<string, Rated<ContainerRates>> }>;
  readonly service: Rated<{ readonly services: ReadonlyMap<string, Rated<GroupRates>> }>;
  readonly login: null;
  readonly host: null;
  readonly cost: Rated<CostRates>;
  readonly access: null;
  readonly diagnostics: null;
}

/** What is known of one topic: the newest section's status, and the newest figures there were. */
export interface TopicState<T extends Topic> {
  readonly status: 'loading' | Section<unknown>['status'];
  /** How true what is shown is: the status, or why no rates may be taken from a sound reading. */
  readonly truth: 'loading' | Truth;
  /** What to tell people where the status is neither `ok` nor `loading`. */
  readonly message: string | null;
  /** What to do about it, where that is known: a command or a setting. */
  readonly remedy: string | null;
  /** Which failure it is, where the status is `failed`. */
  readonly code: string | null;
  /** The newest reading that succeeded, which a status of `late` or `failed` leaves standing. */
  readonly data: RawOf<T> | null;
  /** How much older than the newest sample that reading is; 0 where the status is `ok`. */
  readonly ageMs: number;
  /** Up to that reading; they stand with it. Whoever cannot say how old they are takes `freshRates`. */
  readonly rates: RatesByTopic[T] | null;
}

export const loadingTopic: TopicState<never> = {
  status: 'loading',
  truth: 'loading',
  message: null,
  remedy: null,
  code: null,
  data: null,
  ageMs: 0,
  rates: null,
};

/** Of a topic that the host does not offer to this viewer, and that is therefore never asked for. */
export const notGrantedTopic: TopicState<never> = {
  ...loadingTopic,
  status: 'unsupported',
  truth: 'unsupported',
  message: 'This host does not read it, or does not show it to this viewer.',
};

type Derivers = {
  readonly [T in Topic]: (
    previous: Section<RawOf<T>> | undefined,
    next: Section<RawOf<T>>,
    discontinuity: Discontinuity | undefined,
  ) => RatesByTopic[T];
};

const derivers: Derivers = {
  cpu: deriveCpuRates,
  memory: deriveMemoryRates,
  network: deriveNetworkRates,
  disk: deriveDiskRates,
  socket: deriveSocketRates,
  filesystem: () => null,
  process: deriveProcessTable,
  sensor: deriveSensorRates,
  power: () => null,
  gpu: () => null,
  container: deriveContainerRates,
  service: deriveServiceRates,
  login: () => null,
  host: () => null,
  cost: deriveCostRates,
  access: () => null,
  diagnostics: () => null,
};

/** The topic's state after a section has arrived. `lastOk` is the newest earlier one that succeeded. */
export function deriveTopicState<T extends Topic>(
  topic: T,
  before: TopicState<T>,
  lastOk: Section<RawOf<T>> | undefined,
  section: Section<RawOf<T>>,
  { ageMs, discontinuity }: { readonly ageMs: number; readonly discontinuity: Discontinuity | undefined },
): TopicState<T> {
  const { status } = section;
  if (section.status === 'ok') {
    const rates = derivers[topic](lastOk, section, discontinuity);
    const truth = deriveTruth(status, rates);
    return { ...loadingTopic, status, truth, data: section.data, rates };
  }
  return {
    status,
    truth: status,
    message: section.message,
    remedy: section.status === 'needsPermission' ? section.remedy : null,
    code: section.status === 'failed' ? section.code : null,
    data: before.data,
    ageMs,
    rates: before.rates,
  };
}

/** The topic's rates, unless they are those of a reading that is old by now. */
export function freshRates<T extends Topic>({ status, rates }: TopicState<T>): RatesByTopic[T] | null {
  return status === 'ok' ? rates : null;
}

/** Why there is no rate at the moment, in words. */
export function describeGap(reason: GapReason): string {
  switch (reason) {
    case 'first':
      return 'Waiting for a second reading';
    case 'reset':
      return 'A counter was reset';
    case 'missing':
      return 'No reading';
    case 'slept':
      return 'The machine slept';
    case 'clockStepped':
      return 'The clock was set';
    case 'paused':
      return 'The host was paused';
  }
}

/** Interfaces in the order in which people look for them: wired and wireless that are up, then the rest. */
export function sortInterfaces(interfaces: readonly InterfaceRaw[]): InterfaceRaw[] {
  const rank = ({ kind, state }: InterfaceRaw): number =>
    (state === 'down' ? 10 : 0) + ['ethernet', 'wifi', 'other', 'virtual', 'loopback'].indexOf(kind);
  return [...interfaces].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
}

/** What adds up to the machine's traffic: hardware where there is any, else all that is not the loopback. */
export function trafficInterfaces(interfaces: readonly InterfaceRaw[]): InterfaceRaw[] {
  const outside = interfaces.filter(({ kind }) => kind !== 'loopback');
  const hardware = outside.filter(({ kind }) => kind === 'ethernet' || kind === 'wifi');
  if (hardware.length > 0) return hardware;
  return outside.length > 0 ? outside : [...interfaces];
}

/** What adds up to the machine's disk traffic: devices that do not merely stand on others. */
export function trafficDevices(devices: readonly DeviceRaw[]): DeviceRaw[] {
  const own = devices.filter(({ name }) => !/^(dm-|md|loop|zram|ram|nbd)/.test(name));
  return own.length > 0 ? own : [...devices];
}

/** Sum of a rate over those that have one; null where none has. */
export function sumRates<Rates>(
  entries: readonly { readonly name: string }[],
  rates: ReadonlyMap<string, Rated<Rates>> | null,
  pick: (rates: Rates) => number,
): number | null {
  let sum: number | null = null;
  for (const { name } of entries) {
    const rated = rates?.get(name);
    if (rated?.status === 'ok') sum = (sum ?? 0) + pick(rated);
  }
  return sum;
}
