import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeProcesses, type Arrangement, type Line } from './arrange.ts';
import type { TableRow } from './table-row.ts';
import { makeRow } from './testing/make-row.ts';

const plain: Arrangement = {
  layout: 'list',
  sort: { column: 'cpuShare', order: 'descending' },
  matches: null,
  toggled: new Set(),
};

const names = (lines: readonly Line[]): string[] => lines.map(({ values }) => values.name);
const outline = (lines: readonly Line[]): string[] =>
  lines.map(({ values, depth }) => `${'-'.repeat(depth)}${values.name}`);

describe('a list', () => {
  const rows = [
    makeRow({ pid: 1, name: 'idle', cpuShare: 0, residentBytes: 30 }),
    makeRow({ pid: 2, name: 'Busy', cpuShare: 1.5, residentBytes: 10 }),
    makeRow({ pid: 3, name: 'new', cpuShare: null, residentBytes: 20 }),
    makeRow({ pid: 4, name: 'also idle', cpuShare: 0, residentBytes: 5 }),
  ];

  it('stands by a figure both ways, with what is not known at the end of both', () => {
    expect(names(arrangeProcesses(rows, plain))).toEqual(['Busy', 'idle', 'also idle', 'new']);
    const ascending = { ...plain, sort: { column: 'cpuShare', order: 'ascending' } } as const;
    expect(names(arrangeProcesses(rows, ascending))).toEqual(['idle', 'also idle', 'Busy', 'new']);
  });

  it('stands by words whatever their case', () => {
    const byName = { ...plain, sort: { column: 'name', order: 'ascending' } } as const;
    expect(names(arrangeProcesses(rows, byName))).toEqual(['also idle', 'Busy', 'idle', 'new']);
  });

  it('holds only what matches', () => {
    const matches = (row: TableRow): boolean => row.name.includes('idle');
    expect(names(arrangeProcesses(rows, { ...plain, matches }))).toEqual(['idle', 'also idle']);
  });
});

describe('a tree', () => {
  const rows = [
    makeRow({ pid: 1, name: 'init' }),
    makeRow({ pid: 10, parentPid: 1, name: 'shell', cpuShare: 0.1 }),
    makeRow({ pid: 11, parentPid: 10, name: 'make' }),
    makeRow({ pid: 12, parentPid: 11, name: 'cc' }),
    makeRow({ pid: 20, parentPid: 1, name: 'web', cpuShare: 0.9 }),
    makeRow({ pid: 30, parentPid: 999, name: 'orphan' }),
  ];
  const tree: Arrangement = { ...plain, layout: 'tree' };

  it('has children under their parents, siblings in order', () => {
    expect(outline(arrangeProcesses(rows, tree))).toEqual([
      'init', '-web', '-shell', '--make', '---cc', 'orphan',
    ]); // prettier-ignore
  });

  it('closes branches', () => {
    const shell = rows[1]!.key;
    const lines = arrangeProcesses(rows, { ...tree, toggled: new Set([shell]) });
    expect(outline(lines)).toEqual(['init', '-web', '-shell', 'orphan']);
    expect(lines.map(({ expanded }) => expanded)).toEqual([true, null, false, null]);
  });

  it('keeps the parents of what matches, and says that they are only that', () => {
    const lines = arrangeProcesses(rows, { ...tree, matches: ({ name }) => name === 'make' });
    expect(outline(lines)).toEqual(['init', '-shell', '--make']);
    expect(lines.map((line) => line.kind === 'process' && line.matched)).toEqual([false, false, true]);
    expect(lines.at(-1)?.expanded).toBe(null);
  });

  it('hangs nobody under a process that took over the number of the parent', () => {
    const reused = [makeRow({ pid: 5, startTicks: 900 }), makeRow({ pid: 6, startTicks: 100, parentPid: 5 })];
    expect(outline(arrangeProcesses(reused, tree))).toEqual(['p5', 'p6']);
  });

  it('goes as deep as parents go', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => makeRow({ pid: at + 1, parentPid: at }));
    expect(arrangeProcesses(chain, tree).at(-1)?.depth).toBe(19_999);
  });

  it('has every process once, whoever is said to be its parent', () => {
    const pids = fc.uniqueArray(
      fc.record({ pid: fc.nat(30), parentPid: fc.nat(30), startTicks: fc.nat(3) }),
      {
        selector: ({ pid }) => pid,
      },
    );
    fc.assert(
      fc.property(pids, (given) => {
        const lines = arrangeProcesses(given.map(makeRow), tree);
        expect(lines.map(({ key }) => key).sort()).toEqual(given.map((row) => makeRow(row).key).sort());
      }),
    );
  });
});

describe('groups', () => {
  const rows = [
    makeRow({ pid: 1, group: 'web', cpuShare: 0.5, residentBytes: 100, readBytesPerSecond: 7, user: 'ann' }),
    makeRow({ pid: 2, group: 'web', cpuShare: 0.25, residentBytes: 50, user: 'ann' }),
    makeRow({ pid: 3, group: 'mail', cpuShare: null, residentBytes: 500, user: 'ann' }),
    makeRow({ pid: 4, group: 'mail', cpuShare: null, residentBytes: 1, user: 'bob' }),
  ];
  const groups: Arrangement = { ...plain, layout: 'groups' };

  it('are summed and closed, and stand by their sums', () => {
    const [web, mail, ...rest] = arrangeProcesses(rows, groups);
    expect(rest).toEqual([]);
    expect(web).toMatchObject({
      kind: 'group', count: 2, knownStorageCount: 1, expanded: false,
      values: { name: 'web', cpuShare: 0.75, residentBytes: 150, readBytesPerSecond: 7, user: 'ann', pid: null },
    }); // prettier-ignore
    expect(mail?.values).toMatchObject({
      cpuShare: null,
      residentBytes: 501,
      readBytesPerSecond: null,
      user: null,
    });
  });

  it('show their processes when they are opened', () => {
    const lines = arrangeProcesses(rows, { ...groups, toggled: new Set(['group web']) });
    expect(outline(lines)).toEqual(['web', '-p1', '-p2', 'mail']);
  });
});
