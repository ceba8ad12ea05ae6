import { describe, expect, it } from 'vitest';
import { createMonitor } from '../../core/monitor.ts';
import { MemoryClient } from '../../core/testing/memory-client.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { createReplay } from './replay.ts';
import { ReplayedMachine } from './replayed-machine.ts';
import { makeRecording } from './testing/made-recording.ts';

/** What a client of a replay hears that begins `waitMs` after the host has started. */
async function hear(speed: number, waitMs: number): Promise<MemoryClient['heard']> {
  const clock = new FakeClock();
  const { clock: samplingClock, collectors, hostName } = createReplay(makeRecording(10), clock, speed);
  const monitor = createMonitor({
    clock,
    samplingClock,
    collectors,
    hostName,
    version: '1',
    platform: 'linux',
    instanceId: 'run',
  });
  await clock.advance(waitMs);
  const client = new MemoryClient(monitor);
  client.hello();
  client.subscribe(['cpu', 'memory', 'gpu']);
  await clock.advance(13_000 / speed + 1);
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
  expect(clock.sleeping).toBe(0);
  return client.heard.filter(({ type }) => type === 'snapshot' || type === 'sample');
}

describe('a replay', () => {
  it('is the same each time, at every speed and however late somebody comes', async () => {
    const heard = await hear(1, 0);
    expect(heard.length).toBe(14);
    expect(await hear(1, 7_350)).toEqual(heard);
    expect(await hear(60, 123)).toEqual(heard);
  });

  it('brings each second what was read in it, and begins anew where it ends', async () => {
    const forks = (await hear(60, 0)).map((message) => {
      const { cpu } = (message as { sections: { cpu?: { data?: { forks: number } } } }).sections;
      return cpu?.data?.forks;
    });
    expect(forks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3]);
  });

  it('says of what the machine does not have what was said then', async () => {
    const [first] = await hear(60, 0);
    expect(first).toMatchObject({ sections: { gpu: { status: 'unsupported', message: 'There is none.' } } });
  });
});

describe('a replayed machine', () => {
  it('holds the newest reading until there is another', () => {
    const machine = new ReplayedMachine(makeRecording(10));
    const free = (ms: number) => {
      const section = machine.at('memory', ms);
      return section?.status === 'ok' ? section.data.freeBytes : null;
    };
    expect([0, 1_000, 2_000, 3_999, 9_000, 10_000, 12_000].map(free)).toEqual([0, 0, 2, 4, 8, 0, 2]);
    expect(machine.at('disk', 0)).toBeUndefined();
    expect(machine.durationMs).toBe(10_000);
  });
});
