import { useTopic } from '../../session-context.ts';
import {
  deriveDisks,
  deriveMemory,
  deriveNetwork,
  deriveProcessor,
  type QuickReading,
  type QuickSubject,
} from './quick-figures.ts';

export interface QuickReadings {
  readonly readings: Readonly<Record<QuickSubject, QuickReading>>;
  /** Top of each chart's scale; null where it follows what is drawn. */
  readonly tops: Readonly<Record<QuickSubject, number | null>>;
}

/** The newest figures of all subjects; renders again when they change. */
export function useQuickReadings(): QuickReadings {
  const [cpu, memory] = [useTopic('cpu'), useTopic('memory')];
  const [network, disk] = [useTopic('network'), useTopic('disk')];
  return {
    readings: {
      processor: deriveProcessor(cpu),
      memory: deriveMemory(memory),
      network: deriveNetwork(network),
      disks: deriveDisks(disk),
    },
    tops: { processor: 1, memory: memory.data?.totalBytes ?? 1, network: null, disks: null },
  };
}
