import { afterEach, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { Limits } from '../shared/protocol/index.ts';
import type { Monitor } from './monitor.ts';
import { createFakeCpu } from './testing/fake-collector.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

const minuteMs = 60_000;

let clock: FakeClock;
let monitor: Monitor;

function open(limits: Partial<Limits>): MemoryClient {
  clock = new FakeClock();
  monitor = createTestMonitor(clock, [createFakeCpu(clock)], { limits });
  const client = new MemoryClient(monitor, { kind: 'socket' });
  client.hello();
  client.subscribe(['cpu'], minuteMs);
  return client;
}

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  await closing;
  expect(clock.sleeping).toBe(0);
});

/** Up to the moment in which a sample a minute finds the client not reading. */
async function stall(client: MemoryClient): Promise<void> {
  await clock.advance(minuteMs / 2);
  client.far.pause();
  while (client.session.ledger.timers === 0) await clock.advance(250);
}

it('shows a client out in ten seconds that does not read, although its next sample is due in a minute', async () => {
  const client = open({ queueMarkBytes: 1_200 });
  await stall(client);
  const stalledMs = clock.monotonic();
  await clock.advance(9_000);
  expect(client.session.state).toBe('live');
  await clock.advance(1_000);
  expect(client.session.closeReason?.code).toBe('slowConsumer');
  const { atMs } = client.session.transitions.find(({ state }) => state === 'draining')!;
  expect(atMs - stalledMs).toBeLessThanOrEqual(10_000);
});

it('sends what waited as soon as the client reads again, not only with the next sample', async () => {
  const client = open({ queueMarkBytes: 1_200 });
  await stall(client);
  const before = client.of('sample').length;
  client.far.resume();
  await clock.advance(500);
  expect(client.of('sample').length).toBeGreaterThan(before);
  expect(client.session.ledger.timers).toBe(0);
  await clock.advance(20_000);
  expect(client.session.state).toBe('live');
});
