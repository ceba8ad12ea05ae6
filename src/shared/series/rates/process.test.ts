import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcessRaw } from '../raw/process.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveProcessRows, type ProcessRow, type ProcessRows, type ProcessRowsOptions } from './process.ts';
import type { Rated } from './span.ts';

interface Row {
  pid: number;
  startTicks?: number;
  cpuTicks?: number | null;
  readBytes?: number | null;
  writtenBytes?: number | null;
  ageMs?: number;
}

function table(rows: readonly Row[], cpuShares: ProcessRaw['cpuShares'] = null): ProcessRaw {
  const column = <Value>(value: Value): Value[] => rows.map(() => value);
  return {
    ticksPerSecond: 100, bootedWallMs: 0, threads: null, users: ['me'], groups: ['sh'], cpuShares,
    pid: rows.map(({ pid }) => pid), startTicks: rows.map(({ startTicks = 5 }) => startTicks), parentPid: column(1),
    name: column('sh'), command: column(''), user: column(0), group: column(0), state: column('S'),
    threadCount: column(1), nice: column(0), residentBytes: column(0),
    cpuTicks: rows.map(({ cpuTicks = 0 }) => cpuTicks), readBytes: rows.map(({ readBytes = null }) => readBytes),
    writtenBytes: rows.map(({ writtenBytes = null }) => writtenBytes), ageMs: rows.map(({ ageMs = 0 }) => ageMs),
  }; // prettier-ignore
}

const at = (readMs: number, rows: readonly Row[]): Section<ProcessRaw> => ({ status: 'ok', readMs, data: table(rows) }); // prettier-ignore
const rowsOf = (rated: Rated<{ rows: ProcessRows }>): ProcessRows => {
  if (rated.status === 'gap') throw new Error(`a gap: ${rated.reason}`);
  return rated.rows;
};

/** The rates of process 7 after each of these tables. */
function follow(...steps: [readMs: number, row: Partial<Row> | null, options?: ProcessRowsOptions][]) {
  let rows: ProcessRows | undefined;
  return steps.map(([readMs, row, options]) => {
    rows = rowsOf(deriveProcessRows(rows, at(readMs, row ? [{ pid: 7, ...row }] : []), options));
    return rows.get(7)?.rates;
  });
}

describe('rates of a process', () => {
  it('are those between its last two readings, whenever the table was read', () => {
    const rates = follow(
      [1_000, { cpuTicks: 100, readBytes: 0, writtenBytes: 50, ageMs: 0 }],
      [4_000, { cpuTicks: 200, readBytes: 4_096, writtenBytes: 50, ageMs: 1_000 }],
    );
    expect(rates).toEqual([
      { status: 'gap', reason: 'first' },
      { status: 'ok', cpuShare: 0.5, readBytesPerSecond: 2_048, writtenBytesPerSecond: 0 },
    ]);
  });

  it('are kept while it is not read again, and grow older', () => {
    let rows = rowsOf(deriveProcessRows(undefined, at(1_000, [{ pid: 7, cpuTicks: 0 }])));
    rows = rowsOf(deriveProcessRows(rows, at(2_000, [{ pid: 7, cpuTicks: 30 }])));
    const { rates } = rows.get(7)!;
    // Ages are whole milliseconds, and the same reading seems to be of another moment.
    rows = rowsOf(deriveProcessRows(rows, at(3_000.7, [{ pid: 7, cpuTicks: 30, ageMs: 1_001 }])));
    expect(rows.get(7)).toMatchObject({ ageMs: 1_001, rates });
    rows = rowsOf(deriveProcessRows(rows, at(7_000, [{ pid: 7, cpuTicks: 31 }])));
    expect(rows.get(7)!.rates).toMatchObject({ cpuShare: 0.002 });
  });

  it('are a gap where a number is used again, or a counter went back', () => {
    expect(follow([0, { cpuTicks: 90 }], [1_000, { cpuTicks: 95, startTicks: 6 }]).at(-1)).toEqual({ status: 'gap', reason: 'first' }); // prettier-ignore
    expect(follow([0, { cpuTicks: 90 }], [1_000, { cpuTicks: 89 }]).at(-1)).toEqual({ status: 'gap', reason: 'reset' }); // prettier-ignore
    expect(follow([0, { readBytes: 9 }], [1_000, { readBytes: 8 }]).at(-1)).toEqual({ status: 'gap', reason: 'reset' }); // prettier-ignore
    expect(follow([0, {}], [1_000, null], [2_000, { cpuTicks: 50 }]).at(-1)).toEqual({ status: 'gap', reason: 'first' }); // prettier-ignore
  });

  it('are a gap across time that passed unseen, also for a row that is read only later', () => {
    const slept = { discontinuity: 'slept' as const };
    const gap = { status: 'gap', reason: 'slept' };
    expect(follow([0, {}], [1_000, { cpuTicks: 9 }, slept], [2_000, { cpuTicks: 19 }])).toEqual([
      { status: 'gap', reason: 'first' },
      gap,
      { status: 'ok', cpuShare: 0.1, readBytesPerSecond: null, writtenBytesPerSecond: null },
    ]);
    const late = follow(
      [0, {}],
      [1_000, { ageMs: 1_000 }, slept],
      [2_000, { ageMs: 2_000 }],
      [3_000, { cpuTicks: 300 }],
      [4_000, { cpuTicks: 310 }],
    );
    expect(late.slice(1, 4)).toEqual([gap, gap, gap]);
    expect(late[4]).toMatchObject({ cpuShare: 0.1 });
  });

  it('may be a tick above one core, and are a gap where all cores together could not have given it', () => {
    expect(follow([0, {}], [1_000, { cpuTicks: 102 }, { cores: 1 }]).at(-1)).toMatchObject({
      cpuShare: 1.02,
    });
    expect(follow([0, {}], [1_000, { cpuTicks: 790 }, { cores: 8 }]).at(-1)).toMatchObject({ cpuShare: 7.9 });
    expect(follow([0, {}], [1_000, { cpuTicks: 130 }, { cores: 1 }]).at(-1)).toEqual({ status: 'gap', reason: 'reset' }); // prettier-ignore
  });

  it('are unknown for traffic that was not read both times', () => {
    const rates = follow([0, {}], [1_000, { readBytes: 5, writtenBytes: 5 }], [2_000, { readBytes: 9 }]);
    expect(rates[1]).toMatchObject({ readBytesPerSecond: null, writtenBytesPerSecond: null });
    expect(rates[2]).toMatchObject({ readBytesPerSecond: 4, writtenBytesPerSecond: null });
  });

  it('are what the platform says where it counts nothing', () => {
    const section = { status: 'ok', readMs: 0, data: table([{ pid: 7, cpuTicks: null }, { pid: 8, cpuTicks: null }], [0.25, null]) } as const; // prettier-ignore
    const rows = rowsOf(deriveProcessRows(undefined, section));
    expect(rows.get(7)!.rates).toMatchObject({ cpuShare: 0.25 });
    expect(rows.get(8)!.rates).toMatchObject({ cpuShare: null });
  });

  it('are missing where there is no table', () => {
    expect(deriveProcessRows(undefined, undefined)).toEqual({ status: 'gap', reason: 'missing' });
    expect(deriveProcessRows(undefined, { status: 'late', message: '' })).toEqual({ status: 'gap', reason: 'missing' }); // prettier-ignore
  });
});

describe('any sequence of tables', () => {
  const cores = 4;
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 6_000 }),
    /** What each process did, as a share of all cores' time, and whether it was read. */
    work: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    read: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    bytes: fc.option(fc.nat()),
    jitterMs: fc.integer({ min: -40, max: 40 }),
    event: fc.constantFrom('none', 'none', 'none', 'reuse', 'reset', 'sleep', 'missing', 'end', 'restart'),
  });

  it('gives no negative and no impossible rate, and none across a gap, in 10 000 of them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
        let nowMs = 10_000;
        let starts = 5;
        const create = () => ({
          startTicks: starts++,
          ticks: 0,
          told: 0,
          bytes: 0 as number | null,
          atMs: -1,
          fresh: 0,
        });
        const processes = [create(), create(), create()];
        let rows: ProcessRows | undefined;
        for (const { ms, work, read, bytes, jitterMs, event } of steps) {
          nowMs = event === 'restart' ? ms : nowMs + ms;
          processes.forEach((process, index) => {
            process.ticks += (work[index]! * cores * ms) / 10;
            if (index === 0 && event === 'reuse') Object.assign(process, create(), { ticks: work[0]! * 100 });
            if (index === 1 && event === 'reset') process.ticks *= work[1]!;
            if (!read[index] && process.atMs >= 0) return;
            process.told = Math.floor(process.ticks);
            process.bytes = bytes === null ? null : (process.bytes ?? 0) + bytes;
            process.atMs = Math.max(0, nowMs + jitterMs);
          });
          const shown = processes.filter((_, index) => !(event === 'end' && index === 2));
          const discontinuity: Discontinuity | undefined = event === 'sleep' ? 'slept' : undefined;
          const section = at(nowMs, shown.map((process, index) => ({ pid: 10 + index, startTicks: process.startTicks, cpuTicks: process.told, readBytes: process.bytes, writtenBytes: process.bytes, ageMs: Math.round(nowMs - process.atMs) }))); // prettier-ignore
          const rated = deriveProcessRows(rows, event === 'missing' ? undefined : section, { discontinuity, cores }); // prettier-ignore
          if (rated.status === 'gap') continue;
          for (const row of rated.rows.values()) check(rows?.get(row.pid), row, discontinuity);
          rows = rated.rows;
        }
      }),
      { numRuns: 10_000 },
    );

    function check(
      before: ProcessRow | undefined,
      row: ProcessRow,
      discontinuity: Discontinuity | undefined,
    ): void {
      const isOther = before?.startTicks !== row.startTicks;
      if (isOther) expect(row.rates).toEqual({ status: 'gap', reason: 'first' });
      else if (discontinuity) expect(row.rates).toEqual({ status: 'gap', reason: discontinuity });
      if (row.rates.status === 'gap') return;
      for (const rate of [
        row.rates.cpuShare,
        row.rates.readBytesPerSecond,
        row.rates.writtenBytesPerSecond,
      ]) {
        if (rate !== null && !(Number.isFinite(rate) && rate >= 0)) throw new Error(`a rate of ${rate}`);
      }
      const seconds = (row.base.atMs - before!.base.atMs) / 1_000;
      if (seconds < 0.05) return;
      // What all cores could give, with what a late reading and the rounding of ticks may add.
      expect(row.rates.cpuShare! * seconds).toBeLessThanOrEqual(cores * (seconds + 0.1) + 0.0201);
    }
  }, 60_000);
});
