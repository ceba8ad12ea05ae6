import { deriveUsedMemoryBytes } from '../used-memory.ts';
import type { TopicState } from '../topic-state.ts';
import type { Pen } from './ring-set.ts';
import { drawPressure } from './draw-pressure.ts';

/** What memory holds, as a stack that never passes the total. */
export function drawMemory({ status, data, rates }: TopicState<'memory'>, pen: Pen): void {
  drawPressure('memoryPressure', rates?.status === 'ok' ? rates.pressure : null, pen);
  if (status !== 'ok' || !data) return pen.push('memory', null);
  const used = deriveUsedMemoryBytes(data);
  // Cache that cannot be had, such as shared memory, is in use already.
  const rest = Math.max(0, data.totalBytes - data.freeBytes - used - data.buffersBytes);
  const swap = data.swapTotalBytes - data.swapFreeBytes;
  pen.push('memory', [used, data.buffersBytes, Math.min(data.cachedBytes, rest), swap]);
}
