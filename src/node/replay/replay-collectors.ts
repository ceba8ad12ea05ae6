import type { AnyCollector, Collector, Probe } from '../../core/collector.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { RawOf, Topic } from '../../shared/series/raw.ts';
import type { ReplayedMachine } from './replayed-machine.ts';

/** What a host says of itself: of a replay that is the host that replays, not the one that was recorded. */
const ownTopics: readonly Topic[] = ['access', 'cost', 'diagnostics'];

/** Collectors that read a recording in place of this machine, at the time of `clock`. */
export function createReplayCollectors(machine: ReplayedMachine, clock: Clock): AnyCollector[] {
  return machine.topics
    .filter((topic) => !ownTopics.includes(topic))
    .map((topic) => createReplayCollector(topic, machine, clock) as AnyCollector);
}

function createReplayCollector<T extends Topic>(id: T, machine: ReplayedMachine, clock: Clock): Collector<T> {
  return {
    id,
    minIntervalMs: 1_000,
    deadlineMs: 1_000,
    probe: (): Probe => {
      const section = machine.at(id, clock.monotonic());
      return section?.status === 'unsupported' || section?.status === 'needsPermission'
        ? section
        : { status: 'ok' };
    },
    read: (): RawOf<T> => {
      const section = machine.at(id, clock.monotonic());
      if (section?.status === 'ok') return section.data;
      throw new MonitorError('unavailable', section?.message ?? `The recording holds no ${id}.`);
    },
  };
}
