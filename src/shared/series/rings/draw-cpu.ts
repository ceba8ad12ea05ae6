import type { TopicState } from '../topic-state.ts';
import type { Pen } from './ring-set.ts';
import { drawPressure } from './draw-pressure.ts';

/** The processor's states and load, and of each core how busy it is and at what frequency. */
export function drawCpu({ status, data, rates }: TopicState<'cpu'>, pen: Pen): void {
  const load = status === 'ok' ? data?.load : null;
  pen.push('load', load ? [load.one, load.five, load.fifteen] : null);
  drawPressure('cpuPressure', rates?.status === 'ok' ? rates.pressure : null, pen);
  if (rates?.status !== 'ok') {
    pen.push('cpu', null);
    pen.gapAll('core');
    return;
  }
  const { total, cores } = rates;
  pen.push('cpu', [total.user, total.system + total.irq, total.iowait, total.steal, total.used]);
  const frequencies = new Map(data?.cores.map(({ id, frequencyHz }) => [id, frequencyHz]));
  for (const { id, shares } of cores) {
    pen.push(`core/${id}`, shares.status === 'ok' ? [shares.used, frequencies.get(id) ?? Number.NaN] : null);
  }
  pen.keepOnly(
    'core',
    cores.map(({ id }) => String(id)),
  );
}
