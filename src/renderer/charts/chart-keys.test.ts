import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pressChartKey } from './chart-keys.ts';
import { pinchRange } from './chart-pointer.ts';
import { TimeView } from './time-view.ts';

describe('pressChartKey', () => {
  let view = new TimeView(60_000);
  const target = {
    get view() {
      return view;
    },
    nowX: () => 100_000,
    step: vi.fn(),
    stepToEnd: vi.fn(),
    openTable: vi.fn(),
    openMenu: vi.fn(),
  };
  const press = (key: string, more: object = {}): boolean =>
    pressChartKey({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more }, target);

  beforeEach(() => {
    view = new TimeView(60_000);
    vi.clearAllMocks();
  });

  it('moves the crosshair by a reading, by ten, and to the ends', () => {
    for (const key of ['ArrowLeft', 'ArrowRight']) expect(press(key)).toBe(true);
    press('ArrowLeft', { shiftKey: true });
    press('Home');
    press('End');
    expect(target.step.mock.calls).toEqual([[-1], [1], [-10]]);
    expect(target.stepToEnd.mock.calls).toEqual([['first'], ['last']]);
  });

  it('zooms around the crosshair, else keeps what is newest in sight', () => {
    press('+');
    expect(view.range(100_000)).toEqual({ fromX: 70_000, toX: 100_000 });
    view.setCrosshair(85_000);
    press('+');
    expect(view.range(100_000)).toEqual({ fromX: 77_500, toX: 92_500 });
    press('-');
    expect(view.range(100_000)).toEqual({ fromX: 70_000, toX: 100_000 });
  });

  it('takes crosshair and zoom away with Escape, and leaves Escape to others where there is neither', () => {
    expect(press('Escape')).toBe(false);
    view.zoomTo(70_000, 80_000);
    view.setCrosshair(75_000);
    expect(press('Escape')).toBe(true);
    expect(view.state()).toMatchObject({ mode: 'following', crosshairX: null });
  });

  it('pauses and goes on, opens the table and the menu, and leaves every other key alone', () => {
    press(' ');
    expect(view.state().mode).toBe('paused');
    press(' ');
    expect(view.state().mode).toBe('following');
    press('t');
    press('F10', { shiftKey: true });
    expect(target.openTable).toHaveBeenCalledOnce();
    expect(target.openMenu).toHaveBeenCalledOnce();
    for (const key of ['Tab', 'Enter', 'ArrowUp', 'PageDown', 'F10']) expect(press(key)).toBe(false);
    expect(press('ArrowLeft', { altKey: true })).toBe(false);
  });
});

describe('pinchRange', () => {
  const range = { fromX: 0, toX: 100_000 };

  it('keeps the moments under both fingers', () => {
    const zoomed = pinchRange({ range, onePx: 400, otherPx: 600 }, 200, 800, 1_000, 1e9);
    const under = (px: number): number => zoomed.fromX + (px / 1_000) * (zoomed.toX - zoomed.fromX);
    expect(under(200)).toBeCloseTo(40_000);
    expect(under(800)).toBeCloseTo(60_000);
  });

  it('shows no more than is kept and nothing of the future', () => {
    const wide = pinchRange({ range, onePx: 0, otherPx: 1_000 }, 495, 505, 1_000, 100_000);
    expect(wide.toX).toBe(100_000);
    expect(wide.toX - wide.fromX).toBeLessThanOrEqual(3_600_000);
  });
});
