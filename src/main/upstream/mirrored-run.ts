import { ClientSession } from '../../core/client-session.ts';
import { MetricsHub } from '../../core/metrics-hub.ts';
import type { SessionHost } from '../../core/session-host.ts';
import type { CloseReason, Transport } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskManager } from '../../shared/lifecycle/task-manager.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import {
  defaultLimits,
  type SampleMessage,
  type SnapshotMessage,
  type Welcome,
} from '../../shared/protocol/index.ts';
import type { Topic } from '../../shared/series/raw.ts';
import type { Section } from '../../shared/series/sample.ts';

export interface MirroredRunOptions {
  readonly clock: Clock;
  readonly tasks: TaskManager;
  readonly welcome: Welcome;
  /** Of this run as its windows see it. */
  readonly instanceId: string;
  readonly setDemand: (demand: ReadonlyMap<Topic, number>) => void;
  /** Asks the host itself. */
  readonly request: (method: string, params: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly onDefect: (message: string) => void;
}

/**
 * How long before a sample an interval of the windows begins. Samples lie on the host's grid, which is a multiple of
 * 250 ms; away from it, so that no jitter of a sample moves it into another interval.
 */
const beforeGridMs = 60;

/** One run of a watched host: its samples under numbers of their own, and the sessions of the windows that get them. */
export class MirroredRun {
  readonly instanceId: string;
  readonly #options: MirroredRunOptions;
  readonly #hub: MetricsHub;
  readonly #host: SessionHost;
  readonly #sessions = new Set<ClientSession>();
  readonly #readMs = new Map<string, number>();
  /** Time at the host, as it was when the newest sample came. */
  #remoteMs = 0;
  #arrivedMs: number | null = null;
  #originMs = 0;
  #seq = 0;
  #hasSeam = false;
  #publishing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: MirroredRunOptions) {
    const { clock, welcome, instanceId, tasks } = options;
    const { topics, methods } = welcome.capabilities;
    const minIntervals = new Map(welcome.topics.map(({ topic, minIntervalMs }) => [topic, minIntervalMs]));
    const minIntervalMs = (topic: Topic): number => minIntervals.get(topic) ?? welcome.limits.minIntervalMs;
    this.instanceId = instanceId;
    this.#options = options;
    this.#hub = new MetricsHub({
      // Ages are told by the host's clock, so that the two may drift apart, or the host may sleep.
      clock: { ...bindClock(clock), monotonic: () => this.#remoteNowMs() },
      setDemand: (demand) => {
        if (!this.#isClosed) options.setDemand(demand);
      },
      originMs: () => this.#originMs,
      minIntervalMs,
      stretchOf: () => 1,
    });
    this.#host = {
      clock,
      hub: this.#hub,
      limits: { ...defaultLimits, minIntervalMs: welcome.limits.minIntervalMs },
      instanceId,
      welcomeHost: { ...welcome.host, instanceId },
      topics,
      hasMethod: (method) => methods.includes(method),
      minIntervalMs,
      handler: (method) =>
        methods.includes(method) ? (params) => options.request(method, params) : undefined,
      noteRefusal: () => undefined,
      close: async (session, reason) => {
        this.#sessions.delete(session);
        await tasks.close(session.id, `${reason.code}: ${reason.message}`);
      },
    };
  }

  /** Serves a window. What it may do is what the host grants this app. */
  accept(id: string, scope: TaskScope, transport: Transport): void {
    const grant = { scope: 'admin', tokenId: null, name: null } as const;
    this.#sessions.add(new ClientSession(id, scope, transport, this.#host, { kind: 'window', grant }));
  }

  /** What follows does not continue what came before: a number is left out, and no rate is taken across. */
  noteSeam(): void {
    if (this.#seq === 0) return;
    this.#hasSeam = true;
    this.#seq++;
  }

  /** Hands a sample of the host on. Readings that windows have had already are left out of it. */
  publish(message: SampleMessage | SnapshotMessage): void {
    const { wallMs, monotonicMs, discontinuity } = message;
    const sections = Object.fromEntries(
      Object.entries(message.sections).filter(([topic, section]) => this.#isNews(topic, section)),
    );
    if (this.#arrivedMs === null) this.#originMs = monotonicMs - beforeGridMs;
    this.#remoteMs = Math.max(this.#remoteMs, monotonicMs);
    this.#arrivedMs = this.#options.clock.monotonic();
    if (Object.keys(sections).length === 0) return;
    const seam = discontinuity ?? (this.#hasSeam ? ('paused' as const) : undefined);
    this.#hasSeam = false;
    const sample = {
      seq: ++this.#seq,
      wallMs,
      monotonicMs: this.#remoteMs,
      ...(seam && { discontinuity: seam }),
      sections,
    };
    this.#publishing = this.#publishing
      .then(() => this.#hub.publish(sample))
      .catch((thrown: unknown) => this.#options.onDefect(MonitorError.from(thrown).message));
  }

  /** Ends every session, each told why. */
  async close(reason: CloseReason): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#sessions].map((session) => session.close(reason)));
  }

  #isNews(topic: string, section: Section<unknown>): boolean {
    if (section.status !== 'ok') return true;
    if (this.#readMs.get(topic) === section.readMs) return false;
    this.#readMs.set(topic, section.readMs);
    return true;
  }

  #remoteNowMs(): number {
    const { clock } = this.#options;
    return this.#arrivedMs === null
      ? clock.monotonic()
      : this.#remoteMs + clock.monotonic() - this.#arrivedMs;
  }
}

function bindClock(clock: Clock): Clock {
  return {
    monotonic: () => clock.monotonic(),
    wall: () => clock.wall(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    giveWay: () => clock.giveWay(),
  };
}
