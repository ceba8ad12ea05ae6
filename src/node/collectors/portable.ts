import * as v from 'valibot';
import type { AnyCollector, Collector } from '../../core/collector.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { topicSchemas } from '../../shared/series/raw.ts';
import type { ProbeClient } from '../probe/probe-client.ts';

/** Topics that the portable collectors serve, with how often each may cost its forks. */
const intervals = {
  cpu: 1_000,
  memory: 1_000,
  network: 2_000,
  disk: 2_000,
  filesystem: 10_000,
  process: 5_000,
  host: 30_000,
} as const;
type PortableTopic = keyof typeof intervals;

/** How long the library may take, which starts PowerShell on Windows; past it the process is replaced. */
const deadlineMs = 10_000;
/** A little after the answer is given up, so that a stuck library reads as what it is. */
const marginMs = 500;

/** One collector a subject by `systeminformation`, which runs in the probe process. What it answers is checked. */
export function createPortableCollectors(probe: ProbeClient): AnyCollector[] {
  return (Object.keys(intervals) as PortableTopic[]).map(
    (topic) => createPortable(topic, probe) as AnyCollector,
  );
}

function createPortable<T extends PortableTopic>(topic: T, probe: ProbeClient): Collector<T> {
  return {
    id: topic,
    minIntervalMs: intervals[topic],
    deadlineMs: deadlineMs + marginMs,
    probe: () => ({ status: 'ok' }),
    read: async (signal) => {
      const value = await probe.call('systeminformation', { topic }, { key: topic, deadlineMs, signal });
      const result = v.safeParse(topicSchemas[topic], value);
      if (!result.success)
        throw new MonitorError('io', `systeminformation gave no usable figures of ${topic}.`);
      return result.output;
    },
  };
}
