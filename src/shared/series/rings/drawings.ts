import type { Topic } from '../raw.ts';
import type { TopicState } from '../topic-state.ts';
import type { Pen, RingKind } from './ring-set.ts';
import { drawContainer } from './draw-container.ts';
import { drawCost } from './draw-cost.ts';
import { drawCpu } from './draw-cpu.ts';
import { drawGpu, drawSensor } from './draw-hardware.ts';
import { drawMemory } from './draw-memory.ts';
import { drawDisk, drawNetwork, drawSocket } from './draw-traffic.ts';

/** How a topic's newest state becomes rows of series, and of which kinds they are. */
export interface Drawing<T extends Topic> {
  readonly kinds: readonly RingKind[];
  readonly draw: (state: TopicState<T>, pen: Pen) => void;
}

/** The topics that have series. */
export const drawings: { readonly [T in Topic]?: Drawing<T> } = {
  cpu: { kinds: ['cpu', 'core', 'load', 'cpuPressure'], draw: drawCpu },
  memory: { kinds: ['memory', 'memoryPressure'], draw: drawMemory },
  network: { kinds: ['network'], draw: drawNetwork },
  disk: { kinds: ['disk', 'diskPressure'], draw: drawDisk },
  sensor: { kinds: ['sensor'], draw: drawSensor },
  gpu: { kinds: ['gpu'], draw: drawGpu },
  container: { kinds: ['container'], draw: drawContainer },
  socket: { kinds: ['socket'], draw: drawSocket },
  cost: { kinds: ['cost'], draw: drawCost },
};
