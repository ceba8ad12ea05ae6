import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { encodeMessage } from '../shared/protocol/index.ts';
import type { DiagnosticsRaw, Ledger } from '../shared/series/raw/diagnostics.ts';
import { MemoryTransport } from './memory-transport.ts';
import type { Monitor } from './monitor.ts';
import type { AcceptOptions } from './session-host.ts';
import { createFakeCpu } from './testing/fake-collector.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

const nothing: Ledger = { timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 };
const socket: Partial<AcceptOptions> = { kind: 'socket' };

let clock: FakeClock;
let monitor: Monitor;
let defects: string[];

beforeEach(() => {
  clock = new FakeClock();
  defects = [];
  monitor = createTestMonitor(clock, [createFakeCpu(clock)], {
    limits: { queueMarkBytes: 2_000 },
    onDefect: (message) => defects.push(message),
  });
  monitor.setMethod('process.inspect', (_, session) => clock.sleep(60_000, abortOf(session)));
});

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  await closing;
});

/** Ends with the session, as what a well-made method waits for does. */
function abortOf(session: { scope: { adopt(name: string, end: () => void): unknown } }): AbortSignal {
  const controller = new AbortController();
  session.scope.adopt('test', () => controller.abort(new Error('The client has gone.')));
  return controller.signal;
}

async function enter(options: Partial<AcceptOptions> = socket): Promise<MemoryClient> {
  const client = new MemoryClient(monitor, options);
  client.hello();
  client.subscribe(['cpu'], 250);
  await clock.advance(600);
  return client;
}

const ways: Record<string, () => Promise<unknown>> = {
  'it closes': async () => (await enter()).far.close({ code: 'clientClosed', message: 'Bye.' }),
  'it is cut': async () => (await enter()).far.terminate(),
  'it never greets': async () => new MemoryClient(monitor, socket),
  'it leaves before it greets': async () => new MemoryClient(monitor, socket).far.terminate(),
  'its token is refused': async () =>
    new MemoryClient(monitor, { ...socket, grant: null, authenticate: async () => null }).hello(),
  'it leaves while its token is being looked up': async () => {
    const authenticate = () => clock.sleep(1_000).then(() => null);
    const client = new MemoryClient(monitor, { ...socket, grant: null, authenticate });
    client.hello();
    client.subscribe(['cpu']);
    await clock.advance(1);
    client.far.terminate();
  },
  'it breaks a rule': async () => (await enter()).sendRaw('nonsense'),
  'its token is revoked': async () =>
    void (await enter()).session.close({ code: 'revoked', message: 'No more.' }),
  'the host closes': async () => void monitor.close('The host closes.'),
  'it leaves while a request of its is being answered': async () => {
    const client = await enter();
    client.send({ type: 'request', id: 'r', method: 'process.inspect', params: {} });
    await clock.advance(1);
    expect(client.session.ledger.requests).toBe(1);
    client.far.terminate();
  },
  'it leaves at the moment in which it asks': async () => {
    const client = await enter();
    client.send({ type: 'request', id: 'r', method: 'process.inspect', params: {} });
    client.far.close({ code: 'clientClosed', message: 'Bye.' });
  },
  'it does not read, and is cut with what waits for it': async () => {
    const client = await enter();
    client.far.pause();
    await clock.advance(3_000);
    expect(client.session.ledger).toMatchObject({ timers: 1, subscriptions: 1 });
    expect(client.session.ledger.bufferedBytes).toBeGreaterThan(0);
    client.far.terminate();
  },
  'it does not read until it is shown out': async () => {
    const client = await enter();
    client.far.pause();
  },
};

it.each(Object.keys(ways))('holds nothing of the host any more after %s', async (way) => {
  await enter({ kind: 'window' });
  await ways[way]!();
  await clock.advance(20_000);
  const gone = monitor.closedSessions().filter(({ kind }) => kind === 'socket');
  expect(gone.map(({ ledger }) => ledger)).toEqual(way === 'the host closes' ? [] : [nothing]);
  for (const { ledger, tasksLeft } of monitor.closedSessions()) {
    expect(ledger).toEqual(nothing);
    expect(tasksLeft).toBe(0);
  }
  expect(defects).toEqual([]);
});

it('logs what a client still holds at its end as a defect, and shows it in diagnostics', async () => {
  const watcher = await enter({ kind: 'window' });
  watcher.subscribe(['diagnostics'], 1_000, 'own');
  const [near, far] = MemoryTransport.pair();
  // A pipe that forgets to let go of what it was to send.
  Object.defineProperty(near, 'queuedBytes', { get: () => 4_711 });
  const session = monitor.accept(near, {
    kind: 'socket',
    grant: { scope: 'view', tokenId: null, name: null },
  });
  far.send(encodeMessage({ type: 'hello', protocol: 1, client: { name: 'leaky', version: '1' } }));
  await clock.advance(100);
  far.terminate();
  await clock.advance(5_000);
  expect(defects).toEqual([`Client "${session.id}" still held at its end: bufferedBytes 4711`]);
  const { diagnostics } = watcher.of('sample').findLast(({ id }) => id === 'own')!.sections;
  expect((diagnostics as { data: DiagnosticsRaw }).data.closed[0]).toMatchObject({
    id: session.id,
    ledger: { ...nothing, bufferedBytes: 4_711 },
  });
});

it('logs a request that goes on after its client as one that it still holds', async () => {
  monitor.setMethod('process.signal', () => clock.sleep(60_000));
  const client = await enter();
  client.send({ type: 'request', id: 'r', method: 'process.signal', params: {} });
  await clock.advance(1);
  client.far.terminate();
  await clock.advance(60_000);
  expect(monitor.closedSessions()[0]?.ledger).toEqual({ ...nothing, requests: 1 });
  expect(defects).toContainEqual(`Client "${client.session.id}" still held at its end: requests 1`);
});

it('shows how a client came to be where it is', async () => {
  const watcher = await enter({ kind: 'window' });
  watcher.subscribe(['diagnostics'], 1_000, 'own');
  const startMs = clock.monotonic();
  const slow = new MemoryClient(monitor, socket);
  await clock.advance(500);
  slow.hello();
  await clock.advance(2_000);
  const { diagnostics } = watcher.of('sample').findLast(({ id }) => id === 'own')!.sections;
  const { clients } = (diagnostics as { data: DiagnosticsRaw }).data;
  const shown = clients.find(({ id }) => id === slow.session.id)!;
  expect(shown.transitions.map(({ state, event }) => [state, event])).toEqual([
    ['greeting', 'accepted'],
    ['live', 'admitted'],
  ]);
  expect(shown.transitions[0]!.agoMs - shown.transitions[1]!.agoMs).toBe(500);
  expect(shown.transitions[0]!.agoMs).toBeLessThanOrEqual(clock.monotonic() - startMs);
});
