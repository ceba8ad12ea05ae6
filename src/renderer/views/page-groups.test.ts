import { describe, expect, it } from 'vitest';
import { groupPages } from './page-groups.ts';
import { pages } from './pages.ts';

describe('groupPages', () => {
  it('has every page once, and the one where one lands first', () => {
    const grouped = groupPages(pages).flatMap((group) => group.pages);
    expect(grouped).toHaveLength(pages.length);
    expect(new Set(grouped)).toEqual(new Set(pages));
    expect(grouped[0]).toBe(pages[0]);
  });

  it('keeps the order of the pages, so that what is next in the list is next in the navigation', () => {
    expect(groupPages(pages).flatMap((group) => group.pages)).toEqual(pages);
  });

  it('leaves out a group of which nothing is granted', () => {
    const granted = pages.filter(({ name }) => name === 'overview' || name === 'memory');
    expect(groupPages(granted).map(({ name }) => name)).toEqual(['lead', 'machine']);
  });
});
