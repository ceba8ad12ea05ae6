import { describe, expect, it } from 'vitest';
import { pageNames } from '../../shared/preferences/page-names.ts';
import { topics } from '../../shared/series/raw.ts';
import { findPage, grantedPages, pages } from './pages.ts';
import { standingDemands } from './standing-demands.ts';

describe('pages', () => {
  it('have names of their own, fit for an address', () => {
    const names = pages.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*$/);
    // Which is how links know them.
    expect(names).toEqual(pageNames);
  });

  it('ask for nothing that is asked for on every page already', () => {
    const standing = standingDemands.flatMap((demand) => demand.topics);
    const own = pages.flatMap(({ demands }) => demands.flatMap((demand) => demand.topics));
    expect(own.filter((topic) => standing.includes(topic))).toEqual([]);
  });

  it('have no entry where nothing that they are about is granted', () => {
    expect(grantedPages([]).map(({ needs }) => needs)).not.toContainEqual(expect.arrayContaining(['cpu']));
    expect(grantedPages(topics)).toEqual(pages);
    const viewer = grantedPages(topics.filter((topic) => topic !== 'diagnostics'));
    expect(viewer.some(({ name }) => name === 'diagnostics')).toBe(false);
  });

  it('are found by the address, which leads to the first where it names none that is granted', () => {
    expect(findPage('#diagnostics', pages).name).toBe('diagnostics');
    expect(findPage('#nearby', pages).name).toBe('sharing');
    expect(findPage('#nearby', grantedPages(['cpu'])).name).toBe('overview');
    for (const fragment of ['', '#', '#undefined', '#constructor', '#x/diagnostics']) {
      expect(findPage(fragment, pages).name).toBe('overview');
    }
    expect(findPage('#diagnostics', grantedPages(['cpu'])).name).toBe('overview');
  });
});
