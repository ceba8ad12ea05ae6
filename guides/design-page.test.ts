import { describe, expect, it } from 'vitest';
import { hasTest, readTables, testsOf } from './claims.ts';
import { readPage } from './pages.ts';

const promises =
  readTables(readPage('docs/design.md').markdown).get('What is promised, and what shows it') ?? [];

describe('the page about the design', () => {
  it('names for each promise a test', () => {
    expect(promises.length).toBeGreaterThan(25);
    for (const row of promises) expect([row[0], testsOf(row).length > 0]).toEqual([row[0], true]);
  });

  it('names only tests that are there', () => {
    for (const [title, path] of promises.flatMap(testsOf))
      expect([path, title, hasTest(path, title)]).toEqual([path, title, true]);
  });
});
