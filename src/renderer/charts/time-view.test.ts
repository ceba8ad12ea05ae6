import { expect, it, vi } from 'vitest';
import { TimeView } from './time-view.ts';

it('follows the newest reading until it is paused, and stands still then', () => {
  const view = new TimeView(60_000);
  expect(view.range(100_000)).toEqual({ fromX: 40_000, toX: 100_000 });
  view.pause(100_000);
  expect(view.range(200_000)).toEqual({ fromX: 40_000, toX: 100_000 });
  view.follow();
  expect(view.range(200_000)).toEqual({ fromX: 140_000, toX: 200_000 });
});

it('pauses at nothing where there is no reading yet', () => {
  const view = new TimeView(60_000);
  view.pause(NaN);
  expect(view.state().held).toBeNull();
});

it('zooms to what was dragged over in either direction, and never to less than five seconds', () => {
  const view = new TimeView(60_000);
  view.zoomTo(90_000, 70_000);
  expect(view.range(100_000)).toEqual({ fromX: 70_000, toX: 90_000 });
  view.zoomTo(80_000, 81_000);
  expect(view.range(100_000)).toEqual({ fromX: 78_000, toX: 83_000 });
});

it('pans into the past and back, not into the future', () => {
  const view = new TimeView(60_000);
  view.panBy(-30_000, 100_000);
  expect(view.range(100_000)).toEqual({ fromX: 10_000, toX: 70_000 });
  view.panBy(90_000, 110_000);
  expect(view.range(110_000)).toEqual({ fromX: 50_000, toX: 110_000 });
});

it('tells of a change once, and of none where nothing changed', () => {
  const view = new TimeView(60_000);
  const heard = vi.fn();
  view.onChange(heard);
  view.setCrosshair(5);
  view.setCrosshair(5);
  view.setWindow(300_000);
  view.setWindow(300_000);
  expect(heard).toHaveBeenCalledTimes(2);
  expect(view.state()).toEqual({ windowMs: 300_000, held: null, crosshairX: 5 });
});
