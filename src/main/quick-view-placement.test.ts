import { describe, expect, it } from 'vitest';
import { placeQuickView } from './quick-view-placement.ts';

const size = { width: 360, height: 520 };
const workArea = { x: 0, y: 28, width: 1920, height: 1052 };

describe('placeQuickView', () => {
  it('lies under a tray icon at the top', () => {
    const tray = { x: 1500, y: 0, width: 24, height: 28 };
    expect(placeQuickView({ size, tray, cursor: { x: 0, y: 0 }, workArea })).toEqual({
      x: 1332,
      y: 36,
      ...size,
    });
  });

  it('lies above a tray icon at the bottom, and does not leave the display', () => {
    const tray = { x: 1890, y: 1080, width: 24, height: 40 };
    expect(placeQuickView({ size, tray, cursor: { x: 0, y: 0 }, workArea })).toEqual({
      x: 1560,
      y: 552,
      ...size,
    });
  });

  it.each([
    [
      { x: 1900, y: 10 },
      { x: 1552, y: 36 },
    ],
    [
      { x: 1900, y: 1075 },
      { x: 1552, y: 552 },
    ],
    [
      { x: 3, y: 1075 },
      { x: 8, y: 552 },
    ],
  ])(
    'goes to the corner nearest to the cursor (%o) where the tray does not say where it is',
    (cursor, corner) => {
      const tray = { x: 0, y: 0, width: 0, height: 0 };
      expect(placeQuickView({ size, tray, cursor, workArea })).toEqual({ ...corner, ...size });
    },
  );

  it('is no larger than a small display', () => {
    const small = { x: 100, y: 0, width: 320, height: 400 };
    expect(placeQuickView({ size, tray: null, cursor: { x: 101, y: 1 }, workArea: small })).toEqual(small);
  });
});
