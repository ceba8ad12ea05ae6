import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { ProcessList } from './process-list.ts';
import { makeRow } from './testing/make-row.ts';

const busy = (shares: Readonly<Record<number, number>>) =>
  Object.entries(shares).map(([pid, cpuShare]) => makeRow({ pid: Number(pid), cpuShare }));

function build() {
  const clock = new FakeClock();
  const list = new ProcessList(clock);
  return { clock, list, pids: () => list.view().lines.map(({ values }) => values.pid) };
}

describe('ProcessList', () => {
  it('puts each reading in order, the busiest first', () => {
    const { list, pids } = build();
    list.take(busy({ 1: 0.1, 2: 0.9, 3: 0.5 }));
    expect(pids()).toEqual([2, 3, 1]);
    list.take(busy({ 1: 0.8, 2: 0, 4: 0.5 }));
    expect(pids()).toEqual([1, 4, 2]);
    expect(list.view()).toMatchObject({ processCount: 3, matchedCount: 3, threadCount: 3 });
  });

  it('turns the order when a column is chosen again, and begins with the greatest or with A', () => {
    const { list, pids } = build();
    list.take([
      makeRow({ pid: 1, residentBytes: 5, name: 'b' }),
      makeRow({ pid: 2, residentBytes: 9, name: 'a' }),
    ]);
    list.sortBy('residentBytes');
    expect(pids()).toEqual([2, 1]);
    list.sortBy('residentBytes');
    expect(pids()).toEqual([1, 2]);
    list.sortBy('name');
    expect(pids()).toEqual([2, 1]);
    expect(list.view().sort).toEqual({ column: 'name', order: 'ascending' });
  });

  it('keeps what was chosen to its process, wherever that goes', () => {
    const { list } = build();
    list.take(busy({ 1: 0.9, 2: 0.5, 3: 0.1 }));
    list.select('3@3');
    expect(list.view().cursor).toBe(2);
    list.take(busy({ 1: 0.1, 2: 0.5, 3: 0.9 }));
    expect(list.view()).toMatchObject({ selected: '3@3', cursor: 0 });
  });

  it('does not take another process under the same number for the one that was chosen', () => {
    const { list } = build();
    list.take(busy({ 1: 0, 2: 0 }));
    list.select('2@2');
    list.take([makeRow({ pid: 1 }), makeRow({ pid: 2, startTicks: 77 })]);
    const { selected, lines, cursor } = list.view();
    expect(selected).toBe('2@2');
    expect(list.row('2@2')).toBeUndefined();
    expect(lines[cursor]?.key).toBe('2@77');
  });

  it('lets nothing move under a hand, while figures go on', () => {
    const { list, pids, clock } = build();
    list.take(busy({ 1: 0.9, 2: 0.5, 3: 0.1 }));
    list.hold('pointer');
    list.take(busy({ 1: 0.2, 3: 0.8, 4: 1 }));
    expect(pids()).toEqual([1, 2, 3]);
    expect(list.view().held).toEqual({ waiting: 1 });
    expect(list.view().lines.map((line) => line.values.cpuShare)).toEqual([0.2, 0.5, 0.8]);
    expect(list.view().lines.map((line) => line.kind === 'process' && line.ended)).toEqual([
      false,
      true,
      false,
    ]);
    list.release();
    list.take(busy({ 1: 0.2, 3: 0.8, 4: 1 }));
    expect(pids()).toEqual([4, 3, 1]);
    expect(list.view().held).toBe(null);
    expect(clock.sleeping).toBe(0);
  });

  it('does not wait for ever for a hand that rests', async () => {
    const { list, pids, clock } = build();
    list.take(busy({ 1: 0.9, 2: 0.5 }));
    list.hold('pointer');
    await clock.advance(14_000);
    list.take(busy({ 1: 0, 2: 0.5 }));
    expect(pids()).toEqual([1, 2]);
    await clock.advance(2_000);
    list.take(busy({ 1: 0, 2: 0.5 }));
    expect(pids()).toEqual([2, 1]);
  });

  it('sorts and filters at once when it is told to, even under a hand', () => {
    const { list, pids } = build();
    list.take(busy({ 1: 0.9, 2: 0.5 }));
    list.hold('pointer');
    list.sortBy('cpuShare');
    expect(pids()).toEqual([2, 1]);
    list.setFilter('p2');
    expect(pids()).toEqual([2]);
    expect(list.view()).toMatchObject({ processCount: 2, matchedCount: 1 });
  });

  it('keeps the last good filter, and says what is wrong with this one', () => {
    const { list, pids } = build();
    list.take(busy({ 1: 0.9, 2: 0.5 }));
    list.setFilter('/2$/');
    list.setFilter('/2$(/');
    expect(pids()).toEqual([2]);
    expect(list.view().filterProblem).toMatch(/group/);
    list.setFilter('');
    expect(list.view()).toMatchObject({ filterProblem: null, matchedCount: 2 });
  });
});

it('begins as it was left', () => {
  const list = new ProcessList(new FakeClock(), {
    layout: 'tree',
    sort: { column: 'name', order: 'ascending' },
  });
  list.take([]);
  expect(list.view()).toMatchObject({ layout: 'tree', sort: { column: 'name', order: 'ascending' } });
});
