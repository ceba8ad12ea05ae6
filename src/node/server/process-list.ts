import type { Monitor } from '../../core/monitor.ts';
import { createSubscriber } from '../../core/subscription.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError, type MonitorErrorCode } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import {
  includesScope,
  type GrantScope,
  type ListedProcess,
  type ProcessListAnswer,
  type ProcessQuery,
} from '../../shared/protocol/index.ts';
import { deriveProcessRows } from '../../shared/series/rates/process.ts';
import type { ProcessRaw } from '../../shared/series/raw/process.ts';
import type { Section } from '../../shared/series/sample.ts';

/** What is asked of the hub: a reading a second, of which two are taken. */
const request = {
  id: 'processes',
  topics: ['process'],
  intervalMs: 1_000,
  encoding: 'json',
  projection: 'whole',
} as const;
/** For how long two readings are waited for: ten intervals, since a host over its budget reads more seldom. */
const deadlineMs = 10_000;

type Known = Extract<Section<ProcessRaw>, { status: 'ok' }>;
type Whole = Omit<ProcessListAnswer, 'processes'> & {
  readonly processes: readonly (ListedProcess & { readonly command: string })[];
};

/** The table of processes as one answer, for programs that ask now and then. What it starts belongs to `scope`. */
export class ProcessList {
  readonly #monitor: Pick<Monitor, 'hub'>;
  readonly #clock: Clock;
  readonly #scope: TaskScope;
  #underWay: Promise<Whole> | null = null;

  constructor(monitor: Pick<Monitor, 'hub'>, clock: Clock, scope: TaskScope) {
    this.#monitor = monitor;
    this.#clock = clock;
    this.#scope = scope;
  }

  /**
   * Reads the table twice, once for all who ask meanwhile, and demands nothing any more once it resolves. Rejects with
   * MonitorError: `timeout` where the readings are late, `unsupported`, `needsPermission`, what a reading failed with,
   * `closed` where the host closes.
   */
  async read(grantScope: GrantScope, { sort, limit }: ProcessQuery): Promise<ProcessListAnswer> {
    this.#underWay ??= this.#readOnce().finally(() => (this.#underWay = null));
    const whole = await this.#underWay;
    const sorted = [...whole.processes].sort(orders[sort]).slice(0, limit);
    const withCommands = includesScope(grantScope, 'arguments');
    return { ...whole, processes: withCommands ? sorted : sorted.map(withoutCommand) };
  }

  async #readOnce(): Promise<Whole> {
    let whole: Whole | null = null;
    const outcome = await this.#scope.spawn('process list', async (signal) => {
      const [before, after] = await this.#readTwice(signal);
      whole = this.#derive(before, after);
    }).done;
    if (outcome.status === 'failed') throw outcome.error;
    if (!whole) throw new MonitorError('closed', 'The host closes.');
    return whole;
  }

  async #readTwice(signal: AbortSignal): Promise<readonly [Known, Known]> {
    const readings: Known[] = [];
    let last: Section<ProcessRaw> | undefined;
    const complete = new AbortController();
    const { hub } = this.#monitor;
    const take = (): void => {
      last = hub.latest(request).sections.process;
      if (last?.status === 'ok' && last.readMs !== readings.at(-1)?.readMs) readings.push(last);
      if (readings.length === 2 || last?.status === 'unsupported' || last?.status === 'needsPermission') {
        complete.abort();
      }
    };
    const { subscription } = hub.subscribe(request, createSubscriber(take));
    try {
      if (!complete.signal.aborted) {
        await this.#clock
          .sleep(deadlineMs, AbortSignal.any([signal, complete.signal]))
          .catch(() => undefined);
      }
    } finally {
      subscription[Symbol.dispose]();
    }
    signal.throwIfAborted();
    const [before, after] = readings;
    if (!before || !after) throw deriveFailure(last);
    return [before, after];
  }

  #derive(before: Known, after: Known): Whole {
    const first = deriveProcessRows(undefined, before);
    const second = deriveProcessRows(first.status === 'ok' ? first.rows : undefined, after);
    if (second.status !== 'ok') throw new MonitorError('internal', 'The readings cannot be compared.');
    const { data } = after;
    const processes = [...second.rows.values()].map(({ index, pid, startTicks, ageMs, rates }) => {
      const rated = rates.status === 'ok' ? rates : null;
      return {
        pid,
        startTicks,
        parentPid: data.parentPid[index]!,
        name: data.name[index]!,
        command: data.command[index]!,
        user: data.users[data.user[index]!] ?? '',
        group: data.groups[data.group[index]!] ?? '',
        state: data.state[index]!,
        threads: data.threadCount[index]!,
        nice: data.nice[index]!,
        cpuShare: rated?.cpuShare ?? null,
        residentBytes: data.residentBytes[index]!,
        readBytesPerSecond: rated?.readBytesPerSecond ?? null,
        writtenBytesPerSecond: rated?.writtenBytesPerSecond ?? null,
        ageMs,
      };
    });
    return {
      wallMs: this.#clock.wall() - (this.#clock.monotonic() - after.readMs),
      intervalMs: after.readMs - before.readMs,
      total: processes.length,
      processes,
    };
  }
}

/** The HTTP status for each way in which the list can fail; others are failures of the host. */
export const processListStatuses: Partial<Readonly<Record<MonitorErrorCode, number>>> = {
  unsupported: 501,
  needsPermission: 503,
  timeout: 503,
  io: 503,
  unavailable: 503,
  closed: 503,
};

const orders: Readonly<Record<ProcessQuery['sort'], (a: ListedProcess, b: ListedProcess) => number>> = {
  cpu: (a, b) => (b.cpuShare ?? -1) - (a.cpuShare ?? -1) || a.pid - b.pid,
  memory: (a, b) => b.residentBytes - a.residentBytes || a.pid - b.pid,
  name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.pid - b.pid),
};

function withoutCommand({ command: _, ...process }: ListedProcess): ListedProcess {
  return process;
}

function deriveFailure(last: Section<ProcessRaw> | undefined): MonitorError {
  switch (last?.status) {
    case 'unsupported':
      return new MonitorError('unsupported', last.message);
    case 'needsPermission':
      return new MonitorError('needsPermission', last.message, { remedy: last.remedy });
    case 'failed':
      return new MonitorError('unavailable', last.message);
    default:
      return new MonitorError('timeout', `The processes were not read twice within ${deadlineMs / 1_000} s.`);
  }
}
