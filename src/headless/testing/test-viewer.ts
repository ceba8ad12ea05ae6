import { WebSocket } from 'ws';
import { ConnectionManager, type ConnectionManagerOptions } from '../../client/connection-manager.ts';
import type { ConnectionPhase, ConnectionState } from '../../client/connection-state.ts';
import { parseFingerprint } from '../../client/node/certificate-pin.ts';
import { createSocketOpener } from '../../client/node/open-socket.ts';
import { createTcpProbe } from '../../client/node/tcp-probe.ts';
import { createReachableConnect } from '../../client/reachability.ts';
import { connectByWebSocket, type OpenSocket } from '../../client/websocket-transport.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Encoding } from '../../shared/protocol/index.ts';
import type { Topic } from '../../shared/series/raw.ts';

export interface TestViewerOptions {
  /** Of the host, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** Of the host's certificate, where the URL is one of TLS. */
  readonly fingerprint?: string;
  /** The only one to be spoken; without it the best that the host has. */
  readonly encoding?: Encoding;
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
  /** With the numbers that were lost, where some were. */
  readonly seams: {
    readonly reason: string;
    readonly atMs: number;
    readonly fromSeq?: number;
    readonly toSeq?: number;
  }[];
}

/** One thing that a viewer saw. */
export type Sight =
  | ({ readonly saw: 'state' } & Seen['states'][number])
  | ({ readonly saw: 'sample' } & Seen['samples'][number])
  | ({ readonly saw: 'seam' } & Seen['seams'][number]);

/** A viewer as a program would have one: the project's own client over `ws`, that writes down what it sees. */
export class TestViewer implements AsyncDisposable {
  readonly seen: Seen = { states: [], samples: [], seams: [] };
  readonly manager: ConnectionManager;
  /** The newest, so that a test need not wait for its closing handshake. */
  #socket: WebSocket | null = null;
  readonly #scope = new TaskScope('viewer', { clock: systemClock });
  #changed: (() => void)[] = [];

  /** `onSight` hears of all that it sees, as it sees it. */
  constructor(options: TestViewerOptions, onSight: (sight: Sight) => void = () => undefined) {
    const { url, topics = ['cpu', 'memory'], intervalMs = 1_000 } = options;
    const stream = `${url.replace('http', 'ws')}/v1/stream`;
    const note = (sight: Sight): void => {
      if (sight.saw === 'state') this.seen.states.push(sight);
      else if (sight.saw === 'sample') this.seen.samples.push(sight);
      else this.seen.seams.push(sight);
      onSight(sight);
      for (const wake of this.#changed.splice(0)) wake();
    };
    const noteSeam = (reason: string, gap?: { fromSeq: number; toSeq: number }): void =>
      note({
        saw: 'seam',
        reason,
        atMs: Date.now(),
        ...(gap && { fromSeq: gap.fromSeq, toSeq: gap.toSeq }),
      });
    this.manager = new ConnectionManager({
      clock: systemClock,
      scope: this.#scope,
      token: options.token,
      client: { name: options.name ?? 'test viewer', version: '1' },
      connect: createReachableConnect({
        clock: systemClock,
        connect: connectByWebSocket(stream, {
          openSocket: this.#openSocket(options),
          encoding: options.encoding,
        }),
        probe: createTcpProbe(stream),
      }),
      listener: {
        onState: (state) => note({ saw: 'state', ...describeState(state) }),
        onWelcome: () => undefined,
        onSample: ({ type, seq }) => note({ saw: 'sample', seq, type, atMs: Date.now() }),
        onSeam: noteSeam,
        onRefused: (code, message) => noteSeam(`${code}: ${message}`),
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
    this.#socket?.terminate();
  }

  #openSocket({ token, fingerprint, hostHeader: host }: TestViewerOptions): OpenSocket {
    if (fingerprint !== undefined) {
      return createSocketOpener({ token, fingerprint: parseFingerprint(fingerprint) });
    }
    return (url, protocols) => {
      const socket = new WebSocket(url, [...protocols], { headers: { ...(host && { host }) } });
      this.#socket = socket;
      return socket as unknown as globalThis.WebSocket;
    };
  }
}

function describeState(state: ConnectionState): Seen['states'][number] {
  return {
    phase: state.phase,
    atMs: Date.now(),
    ...('reason' in state && { reason: `${state.reason.code}: ${state.reason.message}` }),
  };
}
