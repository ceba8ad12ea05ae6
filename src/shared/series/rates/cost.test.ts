import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostRaw } from '../raw/cost.ts';
import { deriveCostRates } from './cost.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';

const cost = (more: Partial<CostRaw> = {}): CostRaw => ({
  processes: [],
  cpuMs: 0,
  forks: 0,
  writtenBytes: null,
  sentBytes: 0,
  encodes: 0,
  eventLoop: null,
  heapUsedBytes: null,
  collectors: [],
  clients: [],
  governor: {
    budget: { cpuShare: null, memoryBytes: null, forksPerSecond: null },
    onBattery: false,
    level: 0,
    over: [],
    slowedTopics: [],
  },
  ...more,
});
const own = (pid: number, cpuMs: number | null) => ({
  pid,
  role: 'host',
  name: 'host',
  cpuMs,
  residentBytes: 1,
});
const collector = (id: string, reads: number, busyMs: number) => ({
  id, reads, busyMs, slowestMs: 1, wantedIntervalMs: 1_000, intervalMs: 1_000,
}); // prettier-ignore
const client = (id: string, sent: number) => ({
  id, kind: 'socket', name: 'x', sentBytes: sent * 100, sentFrames: sent, dropped: sent / 2,
}); // prettier-ignore

describe('rates of the monitor’s own cost', () => {
  it('are shares of one core in total, by process and by collector, and what each client is sent', () => {
    const before = cost({
      cpuMs: 1_000, forks: 4, writtenBytes: 100, sentBytes: 1_000, encodes: 10,
      processes: [own(1, 500), own(2, null)], collectors: [collector('cpu', 10, 5), collector('gpu', 0, 0)],
      clients: [client('a', 10)],
    }); // prettier-ignore
    const after = cost({
      cpuMs: 1_020, forks: 6, writtenBytes: 300, sentBytes: 3_000, encodes: 12,
      processes: [own(1, 510), own(2, null), own(3, 9)], collectors: [collector('cpu', 14, 7), collector('gpu', 0, 0)],
      clients: [client('a', 20), client('b', 1)],
    }); // prettier-ignore
    expect(deriveCostRates(at(0, before), at(2_000, after))).toEqual({
      status: 'ok',
      cpuShare: 0.01,
      forksPerSecond: 1,
      writtenBytesPerSecond: 100,
      sentBytesPerSecond: 1_000,
      encodesPerSecond: 1,
      processes: new Map<number, unknown>([
        [1, { status: 'ok', cpuShare: 0.005 }],
        [2, { status: 'ok', cpuShare: null }],
        [3, { status: 'gap', reason: 'first' }],
      ]),
      collectors: new Map([
        ['cpu', { status: 'ok', busyShare: 0.001, readsPerSecond: 2, busyMsPerRead: 0.5 }],
        ['gpu', { status: 'ok', busyShare: 0, readsPerSecond: 0, busyMsPerRead: null }],
      ]),
      clients: new Map<string, unknown>([
        ['a', { status: 'ok', sentBytesPerSecond: 500, sentFramesPerSecond: 5, droppedPerSecond: 2.5 }],
        ['b', { status: 'gap', reason: 'first' }],
      ]),
    });
  });

  it('are gaps for the first reading, after sleep, and for a host that began anew', () => {
    const first = at(1_000, cost({ cpuMs: 50 }));
    expect(deriveCostRates(undefined, first)).toEqual({ status: 'gap', reason: 'first' });
    expect(deriveCostRates(first, { status: 'late', message: '' })).toEqual({
      status: 'gap',
      reason: 'missing',
    });
    expect(deriveCostRates(first, at(2_000, cost({ cpuMs: 60 })), 'slept')).toEqual({ status: 'gap', reason: 'slept' }); // prettier-ignore
    expect(deriveCostRates(first, at(2_000, cost({ cpuMs: 10 })))).toEqual({
      status: 'gap',
      reason: 'reset',
    });
  });

  it('have a gap for a process whose number was given to another', () => {
    const rates = deriveCostRates(
      at(0, cost({ processes: [own(7, 900)] })),
      at(1_000, cost({ processes: [own(7, 3)] })),
    );
    expect(figuresOf(rates).processes.get(7)).toEqual({ status: 'gap', reason: 'reset' });
  });

  it('are never negative and never no number, whatever two readings say', () => {
    const amount = fc.nat(1_000);
    const reading = fc.record({
      cpuMs: amount,
      forks: amount,
      writtenBytes: fc.option(amount),
      sentBytes: amount,
      encodes: amount,
      processes: fc.array(fc.tuple(fc.nat(3), fc.option(amount)).map(([pid, cpuMs]) => own(pid, cpuMs))),
      collectors: fc.array(
        fc.tuple(fc.constantFrom('cpu', 'gpu'), amount, amount).map(([id, reads, busyMs]) => collector(id, reads, busyMs)),
      ),
      clients: fc.array(fc.tuple(fc.constantFrom('a', 'b'), amount).map(([id, sent]) => client(id, sent))),
    }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.tuple(reading, fc.nat(3_000)), { maxLength: 8 }), (readings) => {
        let nowMs = 0;
        let previous: ReturnType<typeof at<CostRaw>> | undefined;
        for (const [figures, passedMs] of readings) {
          const next = at((nowMs += passedMs), cost(figures));
          checkFigures(deriveCostRates(previous, next));
          previous = next;
        }
      }),
    );
  });
});
