import type { TopicState } from '../topic-state.ts';
import type { Pen } from './ring-set.ts';

/** What each container takes of the processor, in cores. */
export function drawContainer({ data, rates }: TopicState<'container'>, pen: Pen): void {
  const known = rates?.status === 'ok' ? rates.containers : null;
  const all = data?.containers ?? [];
  pen.keepOnly(
    'container',
    all.map(({ id }) => id),
  );
  for (const { id } of all) {
    const rated = known?.get(id);
    pen.push(`container/${id}`, rated?.status === 'ok' ? [rated.cpuCores ?? Number.NaN] : null);
  }
}
