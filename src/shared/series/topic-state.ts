import { deriveContainerRates, type ContainerRates } from './rates/container.ts';
import { deriveCostRates, type CostRates } from './rates/cost.ts';
import { deriveCpuRates, type CpuRates } from './rates/cpu.ts';
import { deriveDiskRates, type DiskRates } from './rates/disk.ts';
import type { GroupRates } from './rates/group-usage.ts';
import { deriveMemoryRates, type MemoryRates } from './rates/memory.ts';
import { deriveNetworkRates, type InterfaceRates } from './rates/network.ts';
import { deriveSocketRates, type SocketRates } from './rates/socket.ts';
import type { ProcessRows } from './rates/process.ts';
import { deriveServiceRates } from './rates/service.ts';
import { deriveSensorRates, type SensorRates } from './rates/sensor.ts';
import type { Rated } from './rates/span.ts';
import type { RawOf, Topic } from './raw.ts';
import type { Discontinuity, Section } from './sample.ts';
import { deriveTruth, type Truth } from './truth.ts';
import { deriveProcessTable } from './rates/process-table.ts';

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
