import { describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { ClientMessage, Frame, ServerMessage } from '../shared/protocol/index.ts';
import { ConnectionManager } from './connection-manager.ts';
import type { ClientTransport, TransportClose } from './client-transport.ts';

/** The far end of one in-memory connection. */
class FakeHost implements ClientTransport {
  readonly encoding = 'json';
  readonly heard: ClientMessage[] = [];
  readonly closed: Promise<TransportClose>;
  open = true;
  end: (reason: TransportClose) => void = () => undefined;
  #listener: (frame: unknown) => void = () => undefined;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.end = (reason) => {
        this.open = false;
        resolve(reason);
      };
    });
  }

  send(frame: Frame): void {
    this.heard.push(JSON.parse(frame as string) as ClientMessage);
  }

  onMessage(listener: (frame: unknown) => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  close(): void {
    this.end({ code: 'clientClosed', message: '' });
  }

  say(message: ServerMessage | { type: string }): void {
    this.#listener(JSON.stringify(message));
  }

  welcome(instanceId = 'one'): void {
    this.say({
      type: 'welcome',
      protocol: 1,
      sessionId: `${instanceId}.1`,
      host: { instanceId, name: 'box', version: '1', platform: 'linux' },
      capabilities: { topics: ['cpu', 'memory'], methods: [] },
      limits: {
        maxSubscriptions: 32,
        minIntervalMs: 250,
        maxInboundBytes: 16_384,
        messagesPerSecond: 10,
        maxUnacknowledged: 8,
      },
      topics: [],
    });
  }

  sample(seq: number, type: 'sample' | 'snapshot' = 'sample', id = 'live'): void {
    this.say({ type, id, seq, wallMs: seq * 1_000, monotonicMs: seq * 1_000, sections: {} });
  }

  of<Type extends ClientMessage['type']>(type: Type): Extract<ClientMessage, { type: Type }>[] {
    return this.heard.filter(
      (message): message is Extract<ClientMessage, { type: Type }> => message.type === type,
    );
  }
}

function build() {
  const clock = new FakeClock();
  const scope = new TaskScope('page', { clock });
  const hosts: FakeHost[] = [];
  const log: string[] = [];
  let reachable = true;
  const manager = new ConnectionManager({
    clock,
    scope,
    random: () => 1,
    client: { name: 'test', version: '1' },
    token: 'secret',
    connect: async () => {
      if (!reachable) throw new MonitorError('unavailable', 'The host cannot be reached.');
      const host = new FakeHost();
      hosts.push(host);
      return host;
    },
    listener: {
      onState: (state) => log.push(state.phase),
      onWelcome: () => undefined,
      onSample: (message) => log.push(`#${message.seq}`),
      onSeam: (reason) => log.push(`seam ${reason}`),
      onRefused: (code) => log.push(`refused ${code}`),
    },
  });
  manager.setDemand('live', { topics: ['cpu', 'disk'], intervalMs: 1_000 });
  return {
    clock,
    scope,
    hosts,
    log,
    manager,
    setReachable: (value: boolean) => void (reachable = value),
    async live(): Promise<FakeHost> {
      manager.start();
      await clock.advance(0);
      hosts[0]!.welcome();
      return hosts[0]!;
    },
  };
}

describe('ConnectionManager', () => {
  it('greets with its token and subscribes to what it was granted', async () => {
    const { live, clock } = build();
    const host = await live();
    await clock.advance(0);
    expect(host.of('hello')[0]).toMatchObject({ token: 'secret', client: { name: 'test' } });
    expect(host.of('subscribe')[0]).toMatchObject({ id: 'live', topics: ['cpu'], intervalMs: 1_000 });
  });

  it('says stale after two missed intervals and live with the next sample', async () => {
    const { live, clock, log } = build();
    const host = await live();
    host.sample(1, 'snapshot');
    await clock.advance(1_999);
    expect(log.at(-1)).toBe('#1');
    await clock.advance(1);
    expect(log.at(-1)).toBe('stale');
    host.sample(2);
    expect(log.slice(-2)).toEqual(['#2', 'live']);
  });

  it('acknowledges every sample, a burst of them with few messages', async () => {
    const { live, clock } = build();
    const host = await live();
    for (let seq = 1; seq <= 100; seq++) host.sample(seq);
    await clock.advance(1_000);
    const acks = host.of('ack').map(({ seq }) => seq);
    expect(acks.length).toBeLessThan(4);
    expect(acks.at(-1)).toBe(100);
    host.sample(101);
    expect(host.of('ack').at(-1)?.seq).toBe(101);
  });

  it('comes back with backoff and resumes after what it has', async () => {
    const { live, clock, hosts, log, setReachable } = build();
    const host = await live();
    host.sample(7, 'snapshot');
    setReachable(false);
    host.say({ type: 'bye', code: 'shutdown', reason: 'The host ends.' });
    expect(log.at(-1)).toBe('backoff');
    await clock.advance(2_000);
    expect(hosts).toHaveLength(1);
    setReachable(true);
    await clock.advance(4_000);
    expect(hosts).toHaveLength(2);
    expect(hosts[1]!.of('hello')[0]!.resume).toEqual({ sessionId: 'one.1', seq: 7 });
    hosts[1]!.welcome('one');
    expect(log).not.toContain('seam restarted');
    expect(hosts[1]!.of('subscribe')).toHaveLength(1);
  });

  it('marks a seam when the host began anew', async () => {
    const { live, clock, hosts, log } = build();
    const host = await live();
    host.end({ code: 'disconnected', message: '' });
    await clock.advance(1_000);
    hosts[1]!.welcome('two');
    expect(log).toContain('seam restarted');
  });

  it('stops for good when its token is refused', async () => {
    const { clock, hosts, manager } = build();
    manager.start();
    await clock.advance(0);
    hosts[0]!.say({ type: 'bye', code: 'unauthorized', reason: 'Unknown token.' });
    await clock.advance(60_000);
    expect(manager.state).toMatchObject({ phase: 'closed', pairingNeeded: true });
    expect(hosts).toHaveLength(1);
    expect(hosts[0]!.open).toBe(false);
  });

  it('gives up on a host that does not answer the hello', async () => {
    const { clock, hosts, manager } = build();
    manager.start();
    await clock.advance(5_000);
    expect(manager.state.phase).toBe('backoff');
    expect(hosts[0]!.open).toBe(false);
  });

  it('keeps a stale connection whose host answers pings, and gives up one that is silent', async () => {
    const { live, clock, manager, hosts } = build();
    const host = await live();
    host.sample(7, 'snapshot');
    for (let turn = 1; turn <= 5; turn++) {
      await clock.advance(turn === 1 ? 2_000 : 4_000);
      expect(host.of('ping')).toHaveLength(turn);
      host.say({ type: 'pong', t: 0 });
    }
    expect(manager.state.phase).toBe('stale');
    await clock.advance(4_000 + 3_999);
    expect(manager.state.phase).toBe('stale');
    await clock.advance(1);
    expect(manager.state.phase).toBe('backoff');
    await clock.advance(500);
    expect(hosts[1]!.of('hello')[0]!.resume).toEqual({ sessionId: 'one.1', seq: 7 });
    host.sample(8);
    expect(manager.state.phase).toBe('handshaking');
  });

  it('asks for a snapshot of what it had not subscribed to, or otherwise, when the connection was lost', async () => {
    const { live, clock, manager, hosts } = build();
    const host = await live();
    manager.setDemand('kept', { topics: ['memory'], intervalMs: 1_000 });
    for (const id of ['live', 'kept']) host.sample(7, 'snapshot', id);
    host.end({ code: 'disconnected', message: '' });
    manager.setDemand('new', { topics: ['memory'], intervalMs: 1_000 });
    manager.setDemand('live', { topics: ['cpu', 'memory'], intervalMs: 1_000 });
    await clock.advance(500);
    hosts[1]!.welcome('one');
    expect(hosts[1]!.of('subscribe').map(({ id, afterSeq }) => [id, afterSeq])).toEqual([
      ['kept', 7],
      ['new', null],
      ['live', null],
    ]);
  });

  it('resumes from where every subscription is whole, and passes nothing on twice', async () => {
    const { live, clock, manager, hosts, log } = build();
    const host = await live();
    manager.setDemand('slow', { topics: ['memory'], intervalMs: 5_000 });
    host.sample(10, 'snapshot', 'slow');
    host.sample(10, 'snapshot');
    for (const seq of [11, 12]) host.sample(seq);
    host.end({ code: 'disconnected', message: '' });
    await clock.advance(500);
    expect(hosts[1]!.of('hello')[0]!.resume).toEqual({ sessionId: 'one.1', seq: 10 });
    hosts[1]!.welcome('one');
    expect(hosts[1]!.of('subscribe').map(({ id, afterSeq }) => [id, afterSeq])).toEqual([
      ['live', 12],
      ['slow', 10],
    ]);
    // As a host does that takes the hello's number for all of them.
    for (const seq of [11, 12, 13]) hosts[1]!.sample(seq);
    hosts[1]!.sample(13, 'sample', 'slow');
    expect(log.filter((line) => line.startsWith('#'))).toEqual(['#10', '#10', '#11', '#12', '#13', '#13']);
  });

  it('notices within 20 s that a host is gone from which it expects a sample only every hour', async () => {
    const { live, clock, manager, hosts } = build();
    const host = await live();
    manager.setDemand('live', { topics: ['cpu'], intervalMs: 3_600_000 });
    await clock.advance(15_000);
    expect([host.open, hosts.length]).toEqual([false, 2]);
  });

  it('tries at once, or asks the host, when the network or the viewer is back', async () => {
    const { live, clock, manager, hosts, setReachable } = build();
    const host = await live();
    host.sample(1);
    manager.checkNow();
    expect(host.of('ping')).toHaveLength(1);
    host.say({ type: 'pong', t: 0 });
    await clock.advance(1_900);
    expect(manager.state.phase).toBe('live');
    setReachable(false);
    host.end({ code: 'disconnected', message: '' });
    for (let second = 0; second < 3_600; second++) await clock.advance(1_000);
    setReachable(true);
    manager.checkNow();
    await clock.advance(0);
    expect(hosts).toHaveLength(2);
  });

  it('is back within 2 s after an hour without the host', async () => {
    const { live, clock, hosts, setReachable } = build();
    const host = await live();
    setReachable(false);
    host.end({ code: 'disconnected', message: '' });
    for (let second = 0; second < 3_600; second++) await clock.advance(1_000);
    setReachable(true);
    await clock.advance(2_000);
    expect(hosts).toHaveLength(2);
  });

  it('asks for nothing while it is hidden, and is not stale then', async () => {
    const { live, clock, manager, log } = build();
    const host = await live();
    host.sample(1);
    manager.setVisible(false);
    expect(host.of('unsubscribe')).toHaveLength(1);
    await clock.advance(60_000);
    expect(manager.state.phase).toBe('live');
    manager.setVisible(true);
    expect(log.at(-1)).toBe('seam paused');
    expect(host.of('subscribe')).toHaveLength(2);
    expect(host.of('ping')).toHaveLength(1);
    host.say({ type: 'pong', t: 0 });
    await clock.advance(2_000);
    expect(manager.state.phase).toBe('stale');
  });

  it('hears what came while it was stopped before it takes the host for silent', async () => {
    const { live, clock, log } = build();
    const host = await live();
    await clock.advance(1_000);
    clock.freeze(20_000);
    // Timers that are due, and those of no delay that they set, are all called before a socket is read.
    void clock.sleep(50).then(() => host.sample(2));
    await clock.advance(110);
    expect(log.slice(-2)).toEqual(['live', '#2']);
  });

  it('misses nothing that it did not ask for while it was hidden', async () => {
    const { live, clock, manager, hosts, log } = build();
    const host = await live();
    host.sample(1);
    manager.setVisible(false);
    host.end({ code: 'disconnected', message: '' });
    await clock.advance(2_000);
    hosts[1]!.welcome('one');
    expect(hosts[1]!.of('hello')[0]!.resume).toBeUndefined();
    expect(hosts[1]!.of('subscribe')).toEqual([]);
    manager.setVisible(true);
    expect(hosts[1]!.of('subscribe')).toHaveLength(1);
    expect(log).toContain('seam paused');
  });

  it('skips what a newer host says and reports what is malformed', async () => {
    const { live, log } = build();
    const host = await live();
    host.say({ type: 'weather' });
    host.say({ type: 'sample' });
    expect(log.filter((line) => line.startsWith('refused'))).toEqual(['refused invalidMessage']);
  });

  it('resolves a request with its own result, whatever the order of the answers', async () => {
    const { live, manager } = build();
    const host = await live();
    const first = manager.request('process.inspect', { pid: 1 });
    const second = manager.request('process.inspect', { pid: 2 });
    const [one, two] = host.of('request');
    expect(one).toMatchObject({ method: 'process.inspect', params: { pid: 1 } });
    host.say({ type: 'result', id: two!.id, value: 'second' });
    host.say({ type: 'result', id: one!.id, value: 'first' });
    await expect(Promise.all([first, second])).resolves.toEqual(['first', 'second']);
  });

  it('rejects a request with the code and the remedy of the host, and refuses nothing else by it', async () => {
    const { live, manager, log } = build();
    const host = await live();
    const asked = manager.request('process.signal', { pid: 1 });
    const { id } = host.of('request')[0]!;
    host.say({
      type: 'error',
      id,
      code: 'needsPermission',
      message: 'No.',
      remedy: 'Ask root.',
      retryable: false,
    });
    await expect(asked).rejects.toMatchObject({
      code: 'needsPermission',
      message: 'No.',
      remedy: 'Ask root.',
    });
    expect(log).not.toContain('refused needsPermission');
  });

  it('reads reasons of the protocol as codes of its own', async () => {
    const { live, manager } = build();
    const host = await live();
    const asked = manager.request('nonsense', {});
    const { id } = host.of('request')[0]!;
    host.say({ type: 'error', id, code: 'unknownMethod', message: 'There is none.', retryable: false });
    await expect(asked).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('rejects what the host never answers, and does not mind an answer after that', async () => {
    const { live, manager, clock, log } = build();
    const host = await live();
    const asked = manager.request('process.inspect', {});
    const rejected = expect(asked).rejects.toMatchObject({ code: 'timeout' });
    host.sample(1);
    for (let seq = 2; seq <= 11; seq++) {
      await clock.advance(1_000);
      host.sample(seq);
    }
    await rejected;
    host.say({ type: 'result', id: host.of('request')[0]!.id, value: null });
    expect(log.filter((line) => line.startsWith('refused'))).toEqual([]);
  });

  it('rejects what was asked when the connection is lost, and never asks it again', async () => {
    const { live, manager, clock, hosts } = build();
    const host = await live();
    const asked = manager.request('process.signal', {});
    const rejected = expect(asked).rejects.toMatchObject({ code: 'unavailable' });
    host.end({ code: 'disconnected', message: '' });
    await rejected;
    await expect(manager.request('process.signal', {})).rejects.toMatchObject({ code: 'unavailable' });
    await clock.advance(1_000);
    hosts[1]!.welcome('one');
    expect(hosts[1]!.of('request')).toEqual([]);
  });

  it('rejects what was asked when it is closed, and all that is asked after', async () => {
    const { live, manager, clock, scope } = build();
    await live();
    const rejected = expect(manager.request('process.signal', {})).rejects.toMatchObject({ code: 'closed' });
    manager.close();
    await rejected;
    await expect(manager.request('process.signal', {})).rejects.toMatchObject({ code: 'closed' });
    await clock.advance(0);
    expect(clock.sleeping).toBe(0);
    expect(scope.taskCount).toBe(0);
  });

  it('leaves no timer, task or connection behind when its scope closes', async () => {
    const { live, clock, scope, manager } = build();
    const host = await live();
    host.sample(1);
    host.sample(2);
    const rejected = expect(manager.request('process.inspect', {})).rejects.toMatchObject({ code: 'closed' });
    const closing = scope.close('page left');
    await clock.advance(0);
    const report = await closing;
    await rejected;
    expect(report.notStopped).toEqual([]);
    expect(host.open).toBe(false);
    expect(clock.sleeping).toBe(0);
  });
});
