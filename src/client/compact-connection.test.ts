import { expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import { advanceChain, encodeDelta, encodeKeyframe } from '../shared/protocol/compact/chain.ts';
import {
  encodeMessage,
  parseClientMessage,
  type ClientMessage,
  type Frame,
} from '../shared/protocol/index.ts';
import type { Sample } from '../shared/series/sample.ts';
import type { ClientTransport } from './client-transport.ts';
import { ConnectionManager } from './connection-manager.ts';

const chain = { number: 3, id: 'live', topics: ['cpu'] } as const;

function sampleOf(seq: number): Sample {
  return { seq, wallMs: seq * 1_000, monotonicMs: seq * 1_000, sections: {} };
}

/** Hosts that take a connection in the compact encoding, each with what it heard. */
function build() {
  const clock = new FakeClock();
  const scope = new TaskScope('page', { clock });
  const hosts: { heard: ClientMessage[]; say: (frame: Frame) => void }[] = [];
  const log: string[] = [];
  const connect = async (): Promise<ClientTransport> => {
    const heard: ClientMessage[] = [];
    let hear: (frame: unknown) => void = () => undefined;
    hosts.push({ heard, say: (frame) => hear((frame as Uint8Array<ArrayBuffer>).buffer) });
    return {
      encoding: 'compact',
      send: (frame) => void heard.push(parseClientMessage(frame, 'compact')),
      onMessage: (listener) => {
        hear = listener;
        return () => undefined;
      },
      closed: new Promise(() => undefined),
      close: () => undefined,
    };
  };
  const manager = new ConnectionManager({
    clock,
    scope,
    random: () => 1,
    client: { name: 'test', version: '1' },
    connect,
    listener: {
      onState: (state) => log.push(state.phase === 'backoff' ? `backoff: ${state.reason.code}` : state.phase),
      onWelcome: () => undefined,
      onSample: ({ seq }) => log.push(`#${seq}`),
      onSeam: (reason) => log.push(`seam ${reason}`),
      onRefused: (code) => log.push(`refused ${code}`),
    },
  });
  manager.setDemand('live', { topics: ['cpu'], intervalMs: 1_000 });
  manager.start();
  return { clock, scope, hosts, log };
}

const welcome = encodeMessage(
  {
    type: 'welcome',
    protocol: 1,
    sessionId: 'one.1',
    host: { instanceId: 'one', name: 'box', version: '1', platform: 'linux' },
    capabilities: { topics: ['cpu'], methods: [] },
    limits: {
      maxSubscriptions: 32,
      minIntervalMs: 250,
      maxInboundBytes: 16_384,
      messagesPerSecond: 10,
      maxUnacknowledged: 8,
    },
    topics: [],
  },
  'compact',
);

it('shows nothing of a frame that builds on another sample, and comes back to resume', async () => {
  const { clock, scope, hosts, log } = build();
  await clock.advance(0);
  const [first] = hosts;
  first!.say(welcome);
  const states = [7, 8, 9].map((seq) => advanceChain(null, sampleOf(seq)));
  first!.say(encodeKeyframe(chain, states[0]!, { type: 'snapshot', id: 'live', ...sampleOf(7) }));
  first!.say(encodeDelta(chain, states[0]!, sampleOf(8)));
  expect(log).toEqual(['connecting', 'handshaking', 'live', '#7', '#8']);
  first!.say(encodeDelta(chain, states[2]!, sampleOf(10)));
  expect(log.at(-1)).toBe('backoff: invalidMessage');

  await clock.advance(60_000);
  const back = hosts.at(-1)!;
  expect(back).not.toBe(first);
  expect(back.heard[0]).toMatchObject({ type: 'hello', resume: { sessionId: 'one.1', seq: 8 } });
  log.length = 0;
  back.say(welcome);
  back.say(encodeDelta(chain, states[1]!, sampleOf(9)));
  expect(log, 'a chain of the connection before').toEqual(['live', 'backoff: invalidMessage']);
  const closing = scope.close('The test is over.');
  await clock.advance(20_000);
  await closing;
});
