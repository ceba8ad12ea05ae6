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
  sensor: 10_000,
  power: 30_000,
  gpu: 10_000,
  login: 30_000,
  host: 30_000,
} as const;
type PortableTopic = keyof typeof intervals;

/**
 * Topics that only Linux tells, with why. They have a collector all the same: a section that says so is better than
 * one that is missing.
 */
const linuxOnly = {
  socket: 'Connections and listening ports are read from /proc/net, which only Linux has.',
  container: 'Containers are found by their control groups, which only Linux has.',
  service: 'Services are those of systemd, which only Linux has.',
} as const;
type LinuxTopic = keyof typeof linuxOnly;

/** What the library does not count on a platform at all, so that nobody need ask it again and again. */
const unsupportedOn: Partial<Record<NodeJS.Platform, Partial<Record<PortableTopic, string>>>> = {
  win32: { disk: 'The traffic of disks is not counted on Windows by systeminformation.' },
  freebsd: { disk: 'The traffic of disks is not counted on FreeBSD by systeminformation.' },
};

/** How long the library may take, which starts PowerShell on Windows; past it the process is replaced. */
const deadlineMs = 10_000;
/** A little after the answer is given up, so that a stuck library reads as what it is. */
const marginMs = 500;

/** One collector a subject by `systeminformation`, which runs in the probe process. What it answers is checked. */
export function createPortableCollectors(probe: ProbeClient, platform: NodeJS.Platform): AnyCollector[] {
  const portable = (Object.keys(intervals) as PortableTopic[]).map((topic) => {
    const message = unsupportedOn[platform]?.[topic];
    return message === undefined ? createPortable(topic, probe) : createUnsupported(topic, message);
  });
  const missing = (Object.keys(linuxOnly) as LinuxTopic[]).map((topic) => createUnsupported(topic, linuxOnly[topic])); // prettier-ignore
  const order = Object.keys(topicSchemas);
  return ([...portable, ...missing] as AnyCollector[]).sort(
    (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
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

function createUnsupported<T extends PortableTopic | LinuxTopic>(topic: T, message: string): Collector<T> {
  return {
    id: topic,
    minIntervalMs: 60_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'unsupported', message }),
    read: () => {
      throw new MonitorError('unsupported', message);
    },
  };
}
