import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fitBounds, readWindowState, writeWindowState } from './window-state.ts';

const minimum = { width: 360, height: 480 };
const primary = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1280, y: 200, width: 1280, height: 1024 };

describe('the remembered window', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pulsewire-window-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read as it was written, and nothing else is left in the folder', () => {
    const path = join(folder, 'deeper', 'window.json');
    const state = { bounds: { x: -5, y: 10, width: 800, height: 600 }, maximized: true };
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['window.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['{'],
    ['null'],
    ['{"bounds":{"x":0,"y":0,"width":-1,"height":5},"maximized":false}'],
    ['[]'],
    [''],
  ])('is forgotten where the file holds %j', (text) => {
    const path = join(folder, 'window.json');
    writeFileSync(path, text);
    expect(readWindowState(path)).toBeNull();
  });

  it('is forgotten where there is no file', () => {
    expect(readWindowState(join(folder, 'none.json'))).toBeNull();
  });
});

describe('fitBounds', () => {
  it('leaves a window where it can be reached, also across two displays', () => {
    const wanted = { x: -400, y: 300, width: 900, height: 700 };
    expect(fitBounds(wanted, [primary, left], minimum)).toEqual(wanted);
  });

  it('brings a window back from a display that is gone', () => {
    const wanted = { x: -1200, y: 300, width: 900, height: 700 };
    expect(fitBounds(wanted, [primary], minimum)).toEqual({ x: 0, y: 300, width: 900, height: 700 });
  });

  it('makes a window no larger than its display', () => {
    const fitted = fitBounds({ x: 0, y: 0, width: 5000, height: 5000 }, [primary], minimum);
    expect(fitted).toEqual(primary);
  });

  it('always leaves the top edge within reach of some display', () => {
    const bounds = fc.record({
      x: fc.integer({ min: -9_000, max: 9_000 }),
      y: fc.integer({ min: -9_000, max: 9_000 }),
      width: fc.integer({ min: 1, max: 9_000 }),
      height: fc.integer({ min: 1, max: 9_000 }),
    });
    fc.assert(
      fc.property(bounds, (wanted) => {
        const fitted = fitBounds(wanted, [primary, left], minimum);
        const within = [primary, left].some(
          (area) =>
            fitted.y >= area.y &&
            fitted.y <= area.y + area.height - 64 &&
            Math.min(fitted.x + fitted.width, area.x + area.width) - Math.max(fitted.x, area.x) >= 64,
        );
        expect(within).toBe(true);
        expect(fitted.width).toBeGreaterThanOrEqual(minimum.width);
        expect(fitted.height).toBeGreaterThanOrEqual(minimum.height);
      }),
    );
  });
});
