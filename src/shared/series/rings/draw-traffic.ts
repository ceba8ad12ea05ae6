import type { TopicState } from '../topic-state.ts';
import { sumRates, trafficDevices, trafficInterfaces } from '../traffic.ts';
import type { Pen } from './ring-set.ts';
import { drawPressure } from './draw-pressure.ts';

/** What each interface carries, and all together. */
export function drawNetwork({ data, rates }: TopicState<'network'>, pen: Pen): void {
  const known = rates?.status === 'ok' ? rates.interfaces : null;
  const all = data?.interfaces ?? [];
  const main = trafficInterfaces(all);
  const rx = sumRates(main, known, (of) => of.rxBytesPerSecond);
  const tx = sumRates(main, known, (of) => of.txBytesPerSecond);
  pen.push('network', rx === null || tx === null ? null : [rx, tx]);
  pen.keepOnly(
    'network',
    all.map(({ name }) => name),
  );
  for (const { name } of all) {
    const rated = known?.get(name);
    pen.push(
      `network/${name}`,
      rated?.status === 'ok' ? [rated.rxBytesPerSecond, rated.txBytesPerSecond] : null,
    );
  }
}

/** What each disk carries and how busy it is, and all together. */
export function drawDisk({ data, rates }: TopicState<'disk'>, pen: Pen): void {
  drawPressure('diskPressure', rates?.status === 'ok' ? rates.pressure : null, pen);
  const known = rates?.status === 'ok' ? rates.devices : null;
  const all = data?.devices ?? [];
  const main = trafficDevices(all);
  const read = sumRates(main, known, (of) => of.readBytesPerSecond);
  const written = sumRates(main, known, (of) => of.writtenBytesPerSecond);
  pen.push('disk', read === null || written === null ? null : [read, written]);
  pen.keepOnly(
    'disk',
    all.map(({ name }) => name),
  );
  for (const { name } of all) {
    const rated = known?.get(name);
    pen.push(
      `disk/${name}`,
      rated?.status === 'ok'
        ? [rated.readBytesPerSecond, rated.writtenBytesPerSecond, rated.busy ?? Number.NaN]
        : null,
    );
  }
}

/** How much of what TCP sends is sent again. */
export function drawSocket({ rates }: TopicState<'socket'>, pen: Pen): void {
  const share = rates?.status === 'ok' ? rates.retransmittedShare : null;
  pen.push('socket', share === null ? null : [share]);
}
