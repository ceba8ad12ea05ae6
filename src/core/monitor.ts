import type { Clock } from '../shared/lifecycle/clock.ts';
import type { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { TaskManager } from '../shared/lifecycle/task-manager.ts';
import type { CloseReport } from '../shared/lifecycle/task-scope.ts';
import { defaultLimits, type Limits } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { CostRaw } from '../shared/series/raw/cost.ts';
import type { DiagnosticsRaw } from '../shared/series/raw/diagnostics.ts';
import { ClientSession } from './client-session.ts';
import type { AnyCollector } from './collector.ts';
import { createCostCollector } from './cost.ts';
import { CostGovernor, type BudgetSettings } from './cost-governor.ts';
import {
  createDiagnosticsCollector,
  readDiagnostics,
  type ClosedSession,
  type DiagnosticsSources,
} from './diagnostics.ts';
import { MetricsHub } from './metrics-hub.ts';
import { deriveCapabilities } from './grant.ts';
import type { OwnUse } from './own-use.ts';
import { Sampler } from './sampler.ts';
import { SeriesHistory } from './series-history.ts';
import type { AcceptOptions, RequestHandler, SessionHost } from './session-host.ts';
import type { CloseReason, Transport } from './transport.ts';

export interface MonitorOptions {
  readonly clock: Clock;
  /** In which samples are taken, where that is not the time in which clients are served: that of a replay. */
  readonly samplingClock?: Clock | undefined;
  readonly collectors: readonly AnyCollector[];
  readonly hostName: string;
  readonly version: string;
  readonly platform: string;
  /** Distinguishes this run of the host from every other: unguessable is not needed, unique is. */
  readonly instanceId: string;
  readonly limits?: Partial<Limits>;
  /** The host process's own figures, for diagnostics. */
  readonly process?: () => DiagnosticsRaw['process'];
  /** What the monitor itself uses; without it there is no topic of its cost. */
  readonly ownUse?: OwnUse;
  /** What the monitor may use. Null, or no `ownUse`: it is not held to anything. */
  readonly budget?: BudgetSettings | null;
  /** No figure is read more often than this; see `setLeastInterval`. */
  readonly leastIntervalMs?: number | undefined;
  /** Time since boot with suspension counted (CLOCK_BOOTTIME), which tells sleep from a stepped clock. */
  readonly uptimeMs?: () => number;
  /** Hears of every task that failed and every client that left something running. */
  readonly onDefect?: (message: string, error?: MonitorError) => void;
  /** Hears of every method that was refused to a client because of its scope. */
  readonly onRefused?: (session: ClientSession, method: string) => void;
}

const noBudget: BudgetSettings = {
  cpuShare: null,
  memoryBytes: null,
  forksPerSecond: null,
  onBattery: null,
};
/** How many clients that have gone are remembered. */
const rememberClosed = 50;

/**
 * The monitor, the same in Electron and headless: one sampler, one hub, one task manager, and the clients that
 * its hosts hand it. Sleeps while nobody subscribes.
 */
export class Monitor implements AsyncDisposable {
  readonly instanceId: string;
  readonly limits: Limits;
  readonly tasks: TaskManager;
  readonly hub: MetricsHub;
  readonly sampler: Sampler;
  /** What was read in the last hour, for viewers that come. */
  readonly history = new SeriesHistory();
  readonly #clock: Clock;
  readonly #sessions = new Map<string, ClientSession>();
  readonly #closed: ClosedSession[] = [];
  readonly #handlers = new Map<string, RequestHandler>();
  readonly #sessionHost: SessionHost;
  readonly #governor: CostGovernor | null;
  readonly #diagnosticsSources: DiagnosticsSources;
  readonly #onDefect: (message: string) => void;
  #accepted = 0;
  #goneSentBytes = 0;

  constructor(options: MonitorOptions) {
    const { clock, samplingClock = clock } = options;
    this.#clock = clock;
    this.#onDefect = options.onDefect ?? (() => undefined);
    this.instanceId = options.instanceId;
    this.limits = { ...defaultLimits, ...options.limits };
    this.tasks = new TaskManager({
      clock,
      closeDeadlineMs: 2 * this.limits.closeGraceMs + 2_000,
      ...(options.onDefect && { onDefect: options.onDefect }),
    });
    const startedMs = clock.monotonic();
    this.#diagnosticsSources = {
      clock,
      tasks: this.tasks,
      hub: () => this.hub,
      sampler: () => this.sampler,
      sessions: () => this.sessions(),
      closed: () => this.#closed,
      process:
        options.process ??
        (() => ({
          pid: 0,
          residentBytes: null,
          cpuMs: null,
          uptimeMs: clock.monotonic() - startedMs,
          activeResources: {},
        })),
    };
    const diagnostics = createDiagnosticsCollector(this.#diagnosticsSources);
    const { ownUse } = options;
    const governor =
      ownUse &&
      new CostGovernor({
        clock,
        budget: options.budget ?? noBudget,
        ownUse,
        wanted: () => this.sampler.wanted,
        apply: (stretch) => this.sampler.setStretch(stretch),
      });
    this.#governor = governor ?? null;
    const cost =
      governor &&
      createCostCollector({
        ownUse,
        hub: () => this.hub,
        sampler: () => this.sampler,
        governor: () => governor,
        sessions: () => this.sessions(),
        goneSentBytes: () => this.#goneSentBytes,
      });
    this.hub = new MetricsHub({
      clock: samplingClock,
      setDemand: (demand) => {
        this.sampler.setDemand(demand);
        if (demand.size === 0) governor?.rest();
      },
      originMs: () => this.sampler.originMs,
      minIntervalMs: (topic) => this.sampler.minIntervalMs(topic),
      stretchOf: (topic) => this.sampler.stretchOf(topic),
    });
    this.setMethod('history.read', (params, session) =>
      this.history.answer(params, deriveCapabilities(session.grant?.scope ?? 'vitals', this).topics),
    );
    this.sampler = new Sampler({
      clock: samplingClock,
      scope: this.tasks.service('sampler'),
      collectors: [...options.collectors, ...(cost ? [cost] : []), diagnostics],
      publish: async (sample) => {
        await this.hub.publish(sample);
        this.history.observe(sample);
        governor?.observe();
      },
      ...(options.uptimeMs && { uptimeMs: options.uptimeMs }),
    });
    if (options.leastIntervalMs !== undefined) this.sampler.setLeastInterval(options.leastIntervalMs);
    this.#sessionHost = {
      clock,
      hub: this.hub,
      limits: this.limits,
      instanceId: this.instanceId,
      welcomeHost: {
        instanceId: this.instanceId,
        name: options.hostName,
        version: options.version,
        platform: options.platform,
      },
      topics: this.sampler.topics,
      minIntervalMs: (topic) => this.sampler.minIntervalMs(topic),
      handler: (method) => this.#handlers.get(method),
      hasMethod: (method) => this.hasMethod(method),
      noteRefusal: (session, method) => options.onRefused?.(session, method),
      close: (session, reason) => this.#closeSession(session, reason),
    };
  }

  /** Serves a client until its transport closes or it is closed. The transport is the session's from now on. */
  accept(transport: Transport, options: AcceptOptions): ClientSession {
    const id = `${this.instanceId}.${++this.#accepted}`;
    const scope = this.tasks.open(id);
    const session = new ClientSession(id, scope, transport, this.#sessionHost, options);
    this.#sessions.set(id, session);
    return session;
  }

  /** Every client that is not closed yet. */
  sessions(): readonly ClientSession[] {
    return [...this.#sessions.values()];
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Clients that have gone, newest first, each with what was left of it. */
  closedSessions(): readonly ClosedSession[] {
    return this.#closed;
  }

  /** What the topic of the same name would say now, whoever watches it. */
  diagnostics(): DiagnosticsRaw {
    return readDiagnostics(this.#diagnosticsSources);
  }

  /** The budget and how it is kept; null where the monitor does not know what it uses. */
  governor(): CostRaw['governor'] | null {
    return this.#governor?.status() ?? null;
  }

  /** Answers a request method. Who may call it is said by `deriveCapabilities`. */
  setMethod(method: string, handler: RequestHandler): void {
    this.#handlers.set(method, handler);
  }

  /** Whether the host answers a method; not every platform has all of them. */
  hasMethod(method: string): boolean {
    return this.#handlers.has(method);
  }

  /** Holds the monitor to another budget from now on. */
  setBudget(budget: BudgetSettings): void {
    this.#governor?.setBudget(budget);
  }

  /** From now on no figure is read more often than this, whoever asks. */
  setLeastInterval(intervalMs: number): void {
    this.sampler.setLeastInterval(intervalMs);
  }

  /** Topics that there is a collector for. */
  get topics(): readonly Topic[] {
    return this.sampler.topics;
  }

  /** Ends every client, each told `bye`, and then everything else. Idempotent. */
  async close(message: string): Promise<CloseReport> {
    const reason: CloseReason = { code: 'shutdown', message };
    await Promise.all(this.sessions().map((session) => session.close(reason)));
    return this.tasks.closeAll(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close('The host closes.');
  }

  async #closeSession(session: ClientSession, reason: CloseReason): Promise<void> {
    const report = await this.tasks.close(session.id, `${reason.code}: ${reason.message}`);
    if (!report || !this.#sessions.delete(session.id)) return;
    this.#goneSentBytes += session.sentBytes;
    const { ledger } = session;
    const rest = Object.entries(ledger).filter(([, count]) => count !== 0);
    if (rest.length > 0) {
      const held = rest.map(([name, count]) => `${name} ${count}`).join(', ');
      this.#onDefect(`Client "${session.id}" still held at its end: ${held}`);
    }
    const nowMs = this.#clock.monotonic();
    this.#closed.unshift({
      id: session.id,
      kind: session.kind,
      name: session.name,
      reason: `${reason.code}: ${reason.message}`,
      closedMs: nowMs,
      livedMs: nowMs - session.openedMs,
      tasksLeft: report.notStopped.length,
      notStopped: [...report.notStopped],
      sent: session.sent,
      dropped: session.dropped,
      coalesced: session.coalesced,
      ledger,
    });
    this.#closed.length = Math.min(this.#closed.length, rememberClosed);
  }
}

/** The one way in which a host makes its monitor. */
export function createMonitor(options: MonitorOptions): Monitor {
  return new Monitor(options);
}
