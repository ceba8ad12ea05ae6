import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './pages.ts';

/** Cells of a table's rows, without its head. */
export type TableRows = readonly (readonly string[])[];

/** The tables of a page, each by the heading of second or third rank that it stands under. */
export function readTables(markdown: string): ReadonlyMap<string, TableRows> {
  const tables = new Map<string, string[][]>();
  let rows: string[][] = [];
  for (const line of markdown.split('\n')) {
    const heading = /^###? (.+)$/.exec(line)?.[1];
    if (heading) tables.set(heading, (rows = []));
    else if (line.startsWith('|')) rows.push(cellsOf(line));
  }
  // Without the head and the line under it.
  return new Map([...tables].map(([heading, all]) => [heading, all.slice(2)]));
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** Titles of the tests that a row names, each with its file as seen from the checkout; `docs/` is where the page is. */
export function testsOf(row: readonly string[]): (readonly [title: string, path: string])[] {
  return [...row.join(' ').matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/g)].map((match) => [match[1]!, match[2]!]);
}

/** Whether a file has a test, a step of one or a group of them in whose title these words stand. */
export function hasTest(path: string, title: string): boolean {
  return readFileSync(join(projectFolder, path), 'utf8')
    .split('\n')
    .some((line) => line.includes(title) && /(it|test|describe)\b|^\s*['`]/.test(line));
}
