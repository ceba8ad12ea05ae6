import { WebSocket } from 'ws';
import { ConnectionManager, type ConnectionManagerOptions } from '../../client/connection-manager.ts';
import type { ConnectionPhase, ConnectionState } from '../../client/connection-state.ts';
import { createHealthProbe, createReachableConnect } from '../../client/reachability.ts';
import { connectByWebSocket, type OpenSocket } from '../../client/websocket-transport.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Topic } from '../../shared/series/raw.ts';

export interface TestViewerOptions {
  /** Of the host, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** What the host is called in the request, where that is not what the URL says: behind a proxy. */
  readonly hostHeader?: string;
  readonly name?: string;
  readonly topics?: readonly Topic[];
  readonly intervalMs?: number;
}

/** What a viewer saw, in order. Times are those of the wall clock, for those who compare processes. */
export interface Seen {
  readonly states: { readonly phase: ConnectionPhase; readonly atMs: number; readonly reason?: string }[];
  readonly samples: { readonly seq: number; readonly type: 'sample' | 'snapshot'; readonly atMs: number }[];
  readonly seams: { readonly reason: string; readonly atMs: number }[];
}

/** A viewer as a program would have one: the project's own client over `ws`, that writes down what it sees. */
export class TestViewer implements AsyncDisposable {
  readonly seen: Seen = { states: [], samples: [], seams: [] };
  readonly manager: ConnectionManager;
  /** The socket that is open now, or was last. */
  socket: WebSocket | null = null;
  readonly #scope = new TaskScope('viewer', { clock: systemClock });
  #changed: (() => void)[] = [];

  constructor(options: TestViewerOptions) {
    const { url, topics = ['cpu', 'memory'], intervalMs = 1_000 } = options;
    const stream = `${url.replace('http', 'ws')}/v1/stream`;
    const { states, samples, seams } = this.seen;
    this.manager = new ConnectionManager({
      clock: systemClock,
      scope: this.#scope,
      token: options.token,
      client: { name: options.name ?? 'test viewer', version: '1' },
      connect: createReachableConnect({
        clock: systemClock,
        connect: connectByWebSocket(stream, this.#openSocket(options.hostHeader)),
        probe: createHealthProbe(stream),
      }),
      listener: {
        onState: (state) => this.#note(() => states.push(describeState(state))),
        onWelcome: () => undefined,
        onSample: ({ type, seq }) => this.#note(() => samples.push({ seq, type, atMs: Date.now() })),
        onSeam: (reason) => this.#note(() => seams.push({ reason, atMs: Date.now() })),
        onRefused: (code, message) =>
          this.#note(() => seams.push({ reason: `${code}: ${message}`, atMs: Date.now() })),
      } satisfies ConnectionManagerOptions['listener'],
    });
    this.manager.setDemand('main', { topics, intervalMs });
    this.manager.start();
  }

  get phase(): ConnectionPhase {
    return this.manager.state.phase;
  }

  /** Sample numbers as they came. */
  get seqs(): readonly number[] {
    return this.seen.samples.map(({ seq }) => seq);
  }

  /** Waits until it has come to that. Throws after `withinMs`. */
  async until(isReached: (viewer: TestViewer) => boolean, withinMs = 20_000): Promise<void> {
    const over = new AbortController();
    const deadline = systemClock.sleep(withinMs, over.signal).then(
      () => true,
      () => false,
    );
    try {
      while (!isReached(this)) {
        const changed = new Promise<false>((resolve) => this.#changed.push(() => resolve(false)));
        if (await Promise.race([changed, deadline]))
          throw new MonitorError('timeout', `Not within ${withinMs} ms; seen: ${JSON.stringify(this.seen)}`);
      }
    } finally {
      over.abort();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scope.close('The test is over.');
    this.socket?.terminate();
  }

  #openSocket(host: string | undefined): OpenSocket {
    return (url, protocols) => {
      const socket = new WebSocket(url, [...protocols], { headers: { ...(host && { host }) } });
      this.socket = socket;
      return socket as unknown as globalThis.WebSocket;
    };
  }

  #note(write: () => unknown): void {
    write();
    for (const wake of this.#changed.splice(0)) wake();
  }
}

function describeState(state: ConnectionState): Seen['states'][number] {
  return {
    phase: state.phase,
    atMs: Date.now(),
    ...('reason' in state && { reason: `${state.reason.code}: ${state.reason.message}` }),
  };
}
