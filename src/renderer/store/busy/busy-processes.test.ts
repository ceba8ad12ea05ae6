import { describe, expect, it } from 'vitest';
import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import type { Discontinuity, Section } from '../../../shared/series/sample.ts';
import { deriveTopicState, loadingTopic, type TopicState } from '../../../shared/series/topic-state.ts';
import { BusyProcesses } from './busy-processes.ts';

interface Row {
  readonly pid: number;
  readonly name?: string;
  readonly startTicks?: number;
  readonly cpuTicks: number;
  readonly residentBytes?: number;
  readonly readBytes?: number;
}

function table(rows: readonly Row[]): ProcessRaw {
  const column = <Value>(value: Value): Value[] => rows.map(() => value);
  return {
    ticksPerSecond: 100, bootedWallMs: 0, threads: null, users: ['me'], groups: ['sh'], cpuShares: null,
    pid: rows.map(({ pid }) => pid), startTicks: rows.map(({ startTicks = 0 }) => startTicks), parentPid: column(1),
    name: rows.map(({ name = 'sh' }) => name), command: column(''), user: column(0), group: column(0),
    state: column('R'), threadCount: column(1), nice: column(0),
    residentBytes: rows.map(({ residentBytes = 0 }) => residentBytes),
    cpuTicks: rows.map(({ cpuTicks }) => cpuTicks), readBytes: rows.map(({ readBytes = null }) => readBytes),
    writtenBytes: column(null), ageMs: column(0),
  }; // prettier-ignore
}

/** Readings two seconds apart, from second 1 000 of the machine's life on. */
class Machine {
  readonly busy = new BusyProcesses();
  atMs = 1_000_000;
  #state: TopicState<'process'> = loadingTopic;
  #last: Section<ProcessRaw> | undefined;

  read(rows: readonly Row[], discontinuity?: Discontinuity): BusyProcesses {
    this.atMs += 2_000;
    const section = { status: 'ok', readMs: this.atMs, data: table(rows) } as const;
    this.#state = deriveTopicState('process', this.#state, this.#last, section, { ageMs: 0, discontinuity });
    this.#last = section;
    this.busy.take(this.#state, this.atMs);
    return this.busy;
  }

  /** As many readings as there are shares of a core that process 7 takes. */
  follow(...shares: number[]): { readonly sinceMs: number | null; readonly isOlder: boolean } | undefined {
    let ticks = 10;
    if (!this.#last) this.read([{ pid: 7, cpuTicks: ticks }]);
    for (const share of shares) this.read([{ pid: 7, cpuTicks: (ticks += share * 200) }]);
    const row = this.busy.table().busiest.find(({ pid }) => pid === 7);
    return row && { sinceMs: row.sinceX, isOlder: row.isOlder };
  }
}

describe('BusyProcesses', () => {
  it('tells since when a process has been busy, through a reading in which it rested', () => {
    expect(new Machine().follow(0.01, 0.9, 0.05, 0.9)).toEqual({ sinceMs: 1_006_000, isOlder: false });
    expect(new Machine().follow(0.01, 0.9, 0, 0.9)).toEqual({ sinceMs: 1_006_000, isOlder: false });
    expect(new Machine().follow(0.01, 0.9, 0.05, 0.05, 0.9)).toEqual({ sinceMs: 1_012_000, isOlder: false });
    expect(new Machine().follow(0.01, 0.9, 0.05, 0.05)).toEqual({ sinceMs: null, isOlder: false });
  });

  it('says that one may have been busy for longer where it was in the first reading', () => {
    expect(new Machine().follow(0.9, 0.9)).toEqual({ sinceMs: 1_004_000, isOlder: true });
  });

  it('takes the start of one that has been busy all its life, before anybody looked', () => {
    const machine = new Machine();
    // Started at second 700, and has had all of a core since then.
    const row = (second: number) => ({ pid: 9, startTicks: 70_000, cpuTicks: (second - 700) * 100 });
    machine.read([row(1_002)]);
    machine.read([row(1_004)]);
    expect(machine.busy.table().busiest[0]).toMatchObject({ pid: 9, sinceX: 700_000, isOlder: false });
  });

  it('begins anew after sleep, of which nobody saw anything', () => {
    const machine = new Machine();
    machine.follow(0.01, 0.9, 0.9);
    machine.read([{ pid: 7, cpuTicks: 2_000 }], 'slept');
    machine.read([{ pid: 7, cpuTicks: 2_200 }]);
    expect(machine.busy.table().busiest[0]?.sinceX).toBe(machine.atMs);
  });

  it('adds up those of one name, and names the process that takes most', () => {
    const machine = new Machine();
    const rows = (step: number) => [
      { pid: 1, name: 'one', cpuTicks: step * 180, residentBytes: 50, readBytes: step * 10 },
      { pid: 2, name: 'many', cpuTicks: step * 100, residentBytes: 30, readBytes: step * 4_000 },
      { pid: 3, name: 'many', cpuTicks: step * 120, residentBytes: 40 },
      { pid: 4, name: 'idle', cpuTicks: 0, residentBytes: 5 },
    ];
    machine.read(rows(0));
    expect(machine.busy.table().ofProcessor).toBe(null);
    machine.read(rows(1));
    const { busiest, ofProcessor, ofMemory, ofDisks } = machine.busy.table();
    expect(busiest.map(({ pid, cpuShare }) => [pid, cpuShare])).toEqual([[1, 0.9], [3, 0.6], [2, 0.5], [4, 0]]); // prettier-ignore
    expect(ofProcessor).toMatchObject({ name: 'many', pid: 3, count: 2 });
    expect(ofProcessor?.amount).toBeCloseTo(1.1);
    expect(ofMemory).toEqual({ name: 'many', pid: 3, count: 2, amount: 70 });
    expect(ofDisks).toEqual({ name: 'many', pid: 2, count: 1, amount: 2_000 });
  });

  it('keeps the same table until a reading is new', () => {
    const machine = new Machine();
    machine.follow(0.5);
    const before = machine.busy.table();
    machine.busy.take(loadingTopic, 5);
    expect(machine.busy.table()).toBe(before);
    machine.follow(0.6);
    expect(machine.busy.table()).not.toBe(before);
  });
});
