import type { Connect } from '../../client/client-transport.ts';
import { ConnectionManager } from '../../client/connection-manager.ts';
import type { ConnectionState } from '../../client/connection-state.ts';
import type { CloseReason, Transport } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { TaskManager } from '../../shared/lifecycle/task-manager.ts';
import type { SampleMessage, SnapshotMessage, Welcome } from '../../shared/protocol/index.ts';
import type { Topic } from '../../shared/series/raw.ts';
import { MirroredRun } from './mirrored-run.ts';

export interface HostMirrorOptions {
  readonly clock: Clock;
  /** To the host, with its token and its pinned certificate. */
  readonly connect: Connect;
  /** What the host lists this app as. */
  readonly client: { readonly name: string; readonly version: string };
  /** Each time the host has greeted. */
  readonly onNamed?: (name: string) => void;
  readonly onDefect?: (message: string) => void;
}

/**
 * Another host, as windows of this app watch it: one connection to it, shared by all of them, each served by a session of
 * its own as if the host were here. So a window that does not keep up hurts nobody but itself, what windows have in
 * common is asked for once, and a window that was reloaded goes on where it was. What the host does not tell any more is
 * told to nobody: while the connection is lost no sample comes, and windows say so by themselves.
 */
export class HostMirror {
  readonly #options: HostMirrorOptions;
  readonly #tasks: TaskManager;
  readonly #manager: ConnectionManager;
  readonly #asked = new Map<string, string>();
  #run: MirroredRun | null = null;
  #welcome: Welcome | null = null;
  #runs = 0;
  #accepted = 0;
  #closing: Promise<void> | null = null;

  /** Begins to connect. `close` ends it. */
  constructor(options: HostMirrorOptions) {
    const { clock, connect, client, onDefect } = options;
    this.#options = options;
    this.#tasks = new TaskManager({ clock, ...(onDefect && { onDefect }) });
    this.#manager = new ConnectionManager({
      clock,
      scope: this.#tasks.service('upstream'),
      connect,
      client,
      listener: {
        onState: (state) => this.#noteState(state),
        onWelcome: (welcome) => this.#noteWelcome(welcome),
        onSample: (message) => this.#publish(message),
        onSeam: () => this.#run?.noteSeam(),
        onRefused: (code, message) => options.onDefect?.(`The host refused a message: ${code}: ${message}`),
      },
    });
    this.#manager.start();
  }

  get state(): ConnectionState {
    return this.#manager.state;
  }

  /** What the host said of itself, newest; null before the first time. */
  get welcome(): Welcome | null {
    return this.#welcome;
  }

  /** Windows that are served. */
  get clientCount(): number {
    return this.#tasks.clientCount;
  }

  /** What is subscribed to at the host: each interval once, with the union of its topics. */
  get demands(): readonly string[] {
    return [...this.#asked.values()];
  }

  /**
   * Serves a window until its transport closes. While there is no connection to the host the window is turned away with
   * the reason, and may come again unless that is final: it must not begin with figures that are old.
   */
  accept(transport: Transport): void {
    const { phase } = this.state;
    const run = this.#run;
    if (this.#closing || !run || (phase !== 'live' && phase !== 'stale')) {
      transport.close(deriveRefusal(this.state));
      return;
    }
    const id = `${run.instanceId}.${++this.#accepted}`;
    run.accept(id, this.#tasks.open(id), transport);
  }

  /** Ends the connection, and every window's session with a reason. Resolves when nothing is left. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#run?.close({ code: 'shutdown', message: 'The host is not watched any more.' });
    const { notStopped } = await this.#tasks.closeAll('not watched any more');
    if (notStopped.length > 0) this.#options.onDefect?.(`Left running: ${notStopped.join(', ')}`);
  }

  #noteState(state: ConnectionState): void {
    if (state.phase !== 'closed' || this.#closing) return;
    void this.#run?.close(state.reason);
    this.#run = null;
  }

  /** A host that began anew, or grants something else, is another one to its windows: they come back to it. */
  #noteWelcome(welcome: Welcome): void {
    const before = this.#welcome;
    this.#welcome = welcome;
    this.#options.onNamed?.(welcome.host.name);
    if (this.#run && before && isSameRun(before, welcome)) return;
    void this.#run?.close({ code: 'shutdown', message: 'The host began anew, or grants something else.' });
    this.#run = new MirroredRun({
      clock: this.#options.clock,
      tasks: this.#tasks,
      welcome,
      // Never used twice, so that no window resumes with numbers of another.
      instanceId: `${welcome.host.instanceId}/${++this.#runs}`,
      setDemand: (demand) => this.#setDemand(demand),
      request: (method, params) => this.#manager.request(method, params),
      onDefect: (message) => this.#options.onDefect?.(message),
    });
    this.#setDemand(new Map());
  }

  #publish(message: SampleMessage | SnapshotMessage): void {
    this.#run?.publish(message);
  }

  /** One subscription an interval; one that does not change is left alone, since asking again would begin it anew. */
  #setDemand(demand: ReadonlyMap<Topic, number>): void {
    const byInterval = new Map<number, Topic[]>();
    for (const [topic, intervalMs] of demand) {
      byInterval.set(intervalMs, [...(byInterval.get(intervalMs) ?? []), topic]);
    }
    const wanted = new Map(
      [...byInterval].map(([intervalMs, topics]) => [`${intervalMs}`, { intervalMs, topics: topics.sort() }]),
    );
    for (const id of [...this.#asked.keys()]) {
      if (wanted.has(id)) continue;
      this.#asked.delete(id);
      this.#manager.setDemand(id, null);
    }
    for (const [id, { intervalMs, topics }] of wanted) {
      const key = `${topics.join(' ')} every ${intervalMs} ms`;
      if (this.#asked.get(id) === key) continue;
      this.#asked.set(id, key);
      this.#manager.setDemand(id, { topics, intervalMs });
    }
  }
}

function isSameRun(before: Welcome, after: Welcome): boolean {
  return (
    before.host.instanceId === after.host.instanceId &&
    JSON.stringify(before.capabilities) === JSON.stringify(after.capabilities)
  );
}

function deriveRefusal(state: ConnectionState): CloseReason {
  if (state.phase === 'closed') return state.reason;
  const message = state.phase === 'backoff' ? state.reason.message : 'Connecting to the host.';
  return { code: 'disconnected', message };
}
