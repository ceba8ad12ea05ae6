import { describe, expect, it } from 'vitest';
import { arrangeProcesses } from '../../store/processes/arrange.ts';
import { makeRow } from '../../store/processes/testing/make-row.ts';
import { moveInTable, type TablePlace } from './table-keys.ts';

const lines = arrangeProcesses(
  [
    makeRow({ pid: 1 }),
    makeRow({ pid: 2, parentPid: 1 }),
    makeRow({ pid: 3, parentPid: 2 }),
    makeRow({ pid: 4, parentPid: 1 }),
    makeRow({ pid: 5 }),
  ],
  { layout: 'tree', sort: { column: 'pid', order: 'ascending' }, matches: null, toggled: new Set(['2@2']) },
);
// Lines are 1, 2 (closed), 4, 5.
const place: TablePlace = { lines, cursor: 1, fallback: 1, pageRows: 10 };
const go = (index: number) => ({ type: 'go', index });

describe('moveInTable', () => {
  it('moves by rows and pages, to both ends, and never beyond', () => {
    expect(moveInTable('ArrowDown', place)).toEqual(go(2));
    expect(moveInTable('ArrowUp', place)).toEqual(go(0));
    expect(moveInTable('ArrowUp', { ...place, cursor: 0 })).toEqual(go(0));
    expect(moveInTable('PageDown', place)).toEqual(go(3));
    expect(moveInTable('PageUp', place)).toEqual(go(0));
    expect(moveInTable('Home', place)).toEqual(go(0));
    expect(moveInTable('End', place)).toEqual(go(3));
  });

  it('chooses the row that is there before it moves on', () => {
    const nothing = { ...place, cursor: null, fallback: 2 };
    expect(moveInTable('ArrowDown', nothing)).toEqual(go(2));
    expect(moveInTable('ArrowUp', nothing)).toEqual(go(2));
    expect(moveInTable('End', nothing)).toEqual(go(3));
    expect(moveInTable('ArrowRight', nothing)).toBe(null);
  });

  it('opens a branch, then goes into it; goes up to the parent, then closes it', () => {
    expect(moveInTable('ArrowRight', place)).toEqual({ type: 'toggle', key: '2@2' });
    expect(moveInTable('ArrowRight', { ...place, cursor: 0 })).toEqual(go(1));
    expect(moveInTable('ArrowRight', { ...place, cursor: 2 })).toBe(null);
    expect(moveInTable('ArrowLeft', { ...place, cursor: 2 })).toEqual(go(0));
    expect(moveInTable('ArrowLeft', { ...place, cursor: 0 })).toEqual({ type: 'toggle', key: '1@1' });
    expect(moveInTable('ArrowLeft', { ...place, cursor: 3 })).toBe(null);
  });

  it('leaves other keys and an empty table alone', () => {
    expect(moveInTable('a', place)).toBe(null);
    expect(moveInTable('ArrowDown', { ...place, lines: [] })).toBe(null);
  });
});
