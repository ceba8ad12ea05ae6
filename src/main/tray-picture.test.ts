import { describe, expect, it } from 'vitest';
import { deriveTrayColumns, drawTrayPicture, trayColumns, trayRows, type TrayPaint } from './tray-picture.ts';

const paint: TrayPaint = {
  ground: [10, 20, 30, 255],
  column: [0, 200, 100, 255],
  high: [255, 160, 0, 255],
  baseline: [255, 255, 255, 51],
};

/** A pixel as [red, green, blue, alpha]. */
function pixel({ edge, bytes }: ReturnType<typeof drawTrayPicture>, x: number, y: number): number[] {
  const at = (y * edge + x) * 4;
  return [bytes[at + 2]!, bytes[at + 1]!, bytes[at]!, bytes[at + 3]!];
}

describe('deriveTrayColumns', () => {
  it('shows the newest levels at the right, and nothing where there were none', () => {
    const columns = deriveTrayColumns([0.5, null, 1]);
    expect(columns).toHaveLength(trayColumns);
    expect(columns.slice(0, -3)).toEqual(Array.from({ length: trayColumns - 3 }, () => null));
    expect(columns.slice(-3)).toEqual([
      { height: 8, isHigh: false },
      null,
      { height: trayRows, isHigh: true },
    ]);
    expect(deriveTrayColumns(Array.from({ length: 100 }, () => 0.2))).toHaveLength(trayColumns);
  });

  it('shows that there is a little, that there is nothing, and that all is taken', () => {
    const heights = deriveTrayColumns([0, 0.001, 0.006, 0.99, 0.999, 1, 7, -1])
      .slice(-8)
      .map((column) => column?.height);
    expect(heights).toEqual([0, 0, 1, trayRows - 1, trayRows, trayRows, trayRows, 0]);
  });

  it('is the same for levels that look alike', () => {
    expect(deriveTrayColumns([0.301, 0.702])).toEqual(deriveTrayColumns([0.31, 0.705]));
  });
});

describe('drawTrayPicture', () => {
  const columns = deriveTrayColumns([0.5, 1]);

  it('draws columns from the baseline up, in the colour of their level', () => {
    const picture = drawTrayPicture(columns, paint, 1);
    expect(picture.edge).toBe(24);
    // The last column but one is 8 pixels high, the last 16.
    expect([11, 12, 19].map((y) => pixel(picture, 19, y))).toEqual([
      [10, 20, 30, 255],
      [0, 200, 100, 255],
      [0, 200, 100, 255],
    ]);
    expect([3, 4, 19].map((y) => pixel(picture, 20, y))).toEqual([
      [10, 20, 30, 255],
      [255, 160, 0, 255],
      [255, 160, 0, 255],
    ]);
    // A fifth of white over the ground.
    expect(pixel(picture, 3, 20)).toEqual([59, 67, 75, 255]);
  });

  it('draws the same at double density, four pixels for one', () => {
    const [single, double] = [drawTrayPicture(columns, paint, 1), drawTrayPicture(columns, paint, 2)];
    expect(double.edge).toBe(48);
    for (let y = 4; y < 21; y++) {
      for (let x = 3; x < 21; x++) {
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          expect(pixel(double, 2 * x + dx, 2 * y + dy)).toEqual(pixel(single, x, y));
        }
      }
    }
  });

  it('has round corners, smooth at their edge', () => {
    const picture = drawTrayPicture(columns, paint, 1);
    expect(pixel(picture, 0, 0)).toEqual([0, 0, 0, 0]);
    expect(pixel(picture, 1, 1)).toEqual([0, 0, 0, 0]);
    const [, , , alpha] = pixel(picture, 2, 2);
    expect(alpha).toBeGreaterThan(0);
    expect(alpha).toBeLessThan(255);
    expect(pixel(picture, 1, 12)).toEqual([10, 20, 30, 255]);
  });

  it('is as small as a menu bar wants it where it has no ground, and lets the bar show through', () => {
    const picture = drawTrayPicture(columns, { ...paint, ground: null }, 1);
    expect(picture.edge).toBe(trayColumns);
    expect(pixel(picture, 1, 12)).toEqual([0, 0, 0, 0]);
    expect(pixel(picture, 16, 15)).toEqual([0, 200, 100, 255]);
    // Premultiplied: white at a fifth.
    expect(pixel(picture, 0, 16)).toEqual([51, 51, 51, 51]);
  });
});
