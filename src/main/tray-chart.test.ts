import { expect, it, vi } from 'vitest';
import { TrayChart, type TrayPicture } from './tray-chart.ts';

const levels = (processor: number | null, memory = 0.5, network = 0) => ({ processor, memory, network });

function createChart() {
  const draw = vi.fn<(picture: TrayPicture | null) => void>();
  return { chart: new TrayChart('dark', draw), draw };
}

it('draws nothing as long as the mark is chosen', () => {
  const { chart, draw } = createChart();
  for (const level of [0.1, 0.9, null]) chart.take(levels(level));
  chart.setPanel('light');
  chart.mute();
  expect(draw).not.toHaveBeenCalled();
  expect(chart.drawings).toBe(0);
});

it('draws where a pixel changes, and only there', () => {
  const { chart, draw } = createChart();
  for (let reading = 0; reading < 18; reading++) chart.take(levels(0.5));
  chart.choose('processor');
  expect(draw).toHaveBeenCalledTimes(1);
  for (const level of [0.49, 0.51, 0.5]) chart.take(levels(level));
  expect(chart.drawings).toBe(1);
  chart.take(levels(0.8));
  expect(chart.drawings).toBe(2);
  chart.choose('processor');
  expect(chart.drawings).toBe(2);
  const [single, double] = draw.mock.lastCall![0]!;
  expect([single.edge, double.edge]).toEqual([24, 48]);
});

it('has the chart of another subject at once, and the mark again', () => {
  const { chart, draw } = createChart();
  chart.take(levels(0.1, 0.9));
  chart.choose('memory');
  chart.choose('processor');
  chart.choose('mark');
  expect(draw.mock.calls.map(([picture]) => picture === null)).toEqual([false, false, true]);
  expect(draw.mock.calls[0]![0]![0].bytes).not.toEqual(draw.mock.calls[1]![0]![0].bytes);
});

it('is muted while nothing comes or the subject is not read, and coloured again with the next reading', () => {
  const { chart, draw } = createChart();
  chart.choose('processor');
  chart.take(levels(0.5));
  const current = draw.mock.lastCall![0]![0].bytes;
  chart.mute();
  const muted = draw.mock.lastCall![0]![0].bytes;
  expect(muted).not.toEqual(current);
  chart.mute();
  const { drawings } = chart;
  chart.take(levels(0.5));
  expect(chart.drawings).toBe(drawings + 1);
  chart.take(levels(null));
  chart.take(levels(null));
  expect(chart.drawings).toBe(drawings + 3);
});

it('begins anew where a reading does not continue the one before', () => {
  const { chart, draw } = createChart();
  chart.choose('processor');
  chart.take(levels(0.5));
  const first = draw.mock.lastCall![0]![0].bytes;
  chart.take(levels(0.9));
  chart.take(levels(0.5), false);
  expect(draw.mock.lastCall![0]![0].bytes).toEqual(first);
});
