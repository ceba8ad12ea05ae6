import type { TopicState } from '../topic-state.ts';
import type { Pen } from './ring-set.ts';

/** What each sensor reads, in its own unit. */
export function drawSensor({ status, data }: TopicState<'sensor'>, pen: Pen): void {
  if (status !== 'ok' || !data) return pen.gapAll('sensor');
  pen.keepOnly(
    'sensor',
    data.sensors.map(({ id }) => id),
  );
  for (const { id, value } of data.sensors) pen.push(`sensor/${id}`, [value]);
}

/** How busy each graphics processor is, and what its memory holds. */
export function drawGpu({ status, data }: TopicState<'gpu'>, pen: Pen): void {
  if (status !== 'ok' || !data) return pen.gapAll('gpu');
  pen.keepOnly(
    'gpu',
    data.devices.map(({ id }) => id),
  );
  for (const { id, busy, memoryUsedBytes } of data.devices) {
    pen.push(`gpu/${id}`, [busy ?? Number.NaN, memoryUsedBytes ?? Number.NaN]);
  }
}
