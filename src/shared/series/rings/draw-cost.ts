import type { TopicState } from '../topic-state.ts';
import type { Pen } from './ring-set.ts';

/** What the monitor itself takes of a core. */
export function drawCost({ rates }: TopicState<'cost'>, pen: Pen): void {
  pen.push('cost', rates?.status === 'ok' ? [rates.cpuShare] : null);
}
