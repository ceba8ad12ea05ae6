import { describe, expect, it } from 'vitest';
import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import type { Section } from '../../../shared/series/sample.ts';
import { deriveProcessTable } from '../../../shared/series/rates/process-table.ts';
import { deriveTableRows } from './table-row.ts';

function reading(readMs: number, given: Partial<ProcessRaw>): Section<ProcessRaw> & { status: 'ok' } {
  const data: ProcessRaw = {
    ticksPerSecond: 100, bootedWallMs: 1_000_000, threads: 9, users: ['root', 'ann'], groups: ['system', 'web'],
    pid: [1, 7], startTicks: [0, 250], parentPid: [0, 1], name: ['init', 'web'], command: ['/init', ''],
    user: [0, 1], group: [0, 1], state: ['S', 'R'], threadCount: [1, null], nice: [0, 5],
    cpuTicks: [10, 100], cpuShares: null, residentBytes: [1024, 2048], readBytes: [null, 0],
    writtenBytes: [null, 0], ageMs: [0, 0], ...given,
  }; // prettier-ignore
  return { status: 'ok', readMs, data };
}

describe('deriveTableRows', () => {
  it('puts the columns of a reading together', () => {
    const { data } = reading(0, {});
    expect(deriveTableRows(data, null)[1]).toEqual({
      key: '7@250', pid: 7, startTicks: 250, parentPid: 1, name: 'web', command: '', user: 'ann', group: 'web',
      state: 'R', threadCount: null, nice: 5, cpuShare: null, residentBytes: 2048, readBytesPerSecond: null,
      writtenBytesPerSecond: null, startedWallMs: 1_002_500, ageMs: 0, gap: 'first',
    }); // prettier-ignore
  });

  it('makes nothing up for columns that are too short', () => {
    const { data } = reading(0, { name: [], user: [9], group: [], state: [], threadCount: [] });
    expect(deriveTableRows(data, null)[0]).toMatchObject({
      name: '',
      user: '',
      group: '',
      threadCount: null,
    });
  });
});

describe('deriveProcessTable', () => {
  it('takes rates between the readings of a row, further back than the last sample where it was not read then', () => {
    const first = reading(0, {});
    const second = reading(1_000, { cpuTicks: [10, 150], readBytes: [null, 4_096], ageMs: [1_000, 0] });
    const third = reading(2_000, { cpuTicks: [30, 150], readBytes: [null, 4_096], ageMs: [0, 1_000] });
    deriveProcessTable(undefined, first, undefined);
    const rows = (section: ReturnType<typeof reading>, before: ReturnType<typeof reading>) => {
      const rated = deriveProcessTable(before, section, undefined);
      return deriveTableRows(section.data, rated.status === 'ok' ? rated.rows : null);
    };
    expect(rows(second, first)).toMatchObject([
      { cpuShare: null, gap: 'first', ageMs: 1_000 },
      { cpuShare: 0.5, readBytesPerSecond: 4_096, gap: null },
    ]);
    expect(rows(third, second)).toMatchObject([
      { cpuShare: 0.1, readBytesPerSecond: null, gap: null },
      { cpuShare: 0.5, ageMs: 1_000 },
    ]);
  });

  it('has a gap where the reading before is not remembered', () => {
    const rated = deriveProcessTable(reading(0, {}), reading(1_000, {}), undefined);
    expect(rated.status === 'ok' && rated.rows.get(7)?.rates).toEqual({ status: 'gap', reason: 'first' });
  });
});
