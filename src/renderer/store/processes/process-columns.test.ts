import { describe, expect, it } from 'vitest';
import { fitColumns, processColumns } from './process-columns.ts';

const ids = (widthPx: number): string[] => fitColumns(widthPx).map(({ id }) => id);

describe('fitColumns', () => {
  it('keeps name, processor and memory on the narrowest of phones', () => {
    expect(ids(0)).toEqual(['name', 'cpuShare', 'residentBytes']);
    expect(ids(340)).toEqual(['name', 'cpuShare', 'residentBytes']);
  });

  it('shows all in their order where there is room', () => {
    expect(fitColumns(2_000)).toEqual(processColumns);
  });

  it('never shows less for being wider, and never more than fits', () => {
    let fewer = 0;
    for (let width = 300; width < 1_500; width += 7) {
      const fitting = fitColumns(width);
      expect(fitting.length).toBeGreaterThanOrEqual(fewer);
      fewer = fitting.length;
      if (fewer > 3)
        expect(fitting.reduce((sum, { widthPx }) => sum + widthPx, 0)).toBeLessThanOrEqual(width);
    }
    expect(fewer).toBe(processColumns.length);
  });
});
