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
  expect(view.state()).toEqual({ windowMs: 300_000, mode: 'following', held: null, crosshairX: 5 });
});

it('goes back from a zoom to where it was paused, and to following where it was not', () => {
  const view = new TimeView(60_000);
  view.zoomTo(70_000, 90_000);
  expect(view.state().mode).toBe('zoomed');
  view.reset();
  expect(view.state()).toMatchObject({ mode: 'following', held: null });
  view.pause(100_000);
  view.zoomTo(70_000, 90_000);
  view.reset();
  expect(view.state()).toMatchObject({ mode: 'paused', held: { fromX: 40_000, toX: 100_000 } });
});

it('stays paused at the same moment where another window is chosen', () => {
  const view = new TimeView(60_000);
  view.pause(1_000_000);
  view.setWindow(300_000);
  expect(view.state()).toMatchObject({ mode: 'paused', held: { fromX: 700_000, toX: 1_000_000 } });
});

it('follows again once what was only moved is moved back to the newest reading', () => {
  const view = new TimeView(60_000);
  view.panBy(0, 100_000);
  expect(view.state().mode).toBe('following');
  view.panBy(-20_000, 100_000);
  expect(view.state().mode).toBe('zoomed');
  view.panBy(60_000, 105_000);
  expect(view.state()).toMatchObject({ mode: 'following', held: null });
});

it('zooms by a factor around a moment, within what is kept', () => {
  const view = new TimeView(60_000);
  view.zoomBy(0.5, 85_000, 100_000);
  expect(view.range(100_000)).toEqual({ fromX: 62_500, toX: 92_500 });
  view.zoomBy(1_000, 85_000, 100_000);
  expect(view.range(100_000)).toEqual({ fromX: 100_000 - 3_600_000, toX: 100_000 });
});
