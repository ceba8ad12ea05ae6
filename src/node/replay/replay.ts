import type { AnyCollector } from '../../core/collector.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { readRecording, type Recording } from './recording.ts';
import { ReplayClock } from './replay-clock.ts';
import { createReplayCollectors } from './replay-collectors.ts';
import { ReplayedMachine } from './replayed-machine.ts';

/** A machine that was recorded, for a host to serve in place of its own. */
export interface Replay {
  readonly hostName: string;
  readonly platform: string;
  /** The time in which it is read. */
  readonly clock: Clock;
  readonly collectors: readonly AnyCollector[];
}

/** What a command line says of a replay. */
export interface ReplayOptions {
  readonly replay?: string | null | undefined;
  /** How many recorded seconds pass in a real one. Default 1. */
  readonly speed?: number | null | undefined;
}

/** A sample a millisecond is more than any viewer draws. */
const fastestReplay = 1_000;

export const describeReplaySpeed = `A speed is over 0 and at most ${fastestReplay}.`;

export function isReplaySpeed(speed: number): boolean {
  return speed > 0 && speed <= fastestReplay;
}

/** The replay that was asked for, if one was. Throws MonitorError as `openReplay` does. */
export async function openReplayAsked(
  { replay, speed }: ReplayOptions,
  clock: Clock,
): Promise<Replay | undefined> {
  return replay ? openReplay(replay, clock, speed ?? 1) : undefined;
}

/** Reads a recording. Throws MonitorError: `notFound`, `invalidArgument`. */
async function openReplay(path: string, clock: Clock, speed: number): Promise<Replay> {
  return createReplay(await readRecording(path), clock, speed);
}

/** A replay that begins when somebody first watches, paced by `clock`, and begins anew where the recording ends. */
export function createReplay(recording: Recording, clock: Clock, speed: number): Replay {
  const { host, startedWallMs } = recording.header;
  const replayClock = new ReplayClock({ clock, speed, startedWallMs });
  const collectors = createReplayCollectors(new ReplayedMachine(recording), replayClock);
  return { hostName: host.name, platform: host.platform, clock: replayClock, collectors };
}
