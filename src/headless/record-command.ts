import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createMonitor } from '../core/monitor.ts';
import { createCollectors } from '../node/collectors/collectors.ts';
import { forkProbe } from '../node/probe/fork-probe.ts';
import { ProbeClient } from '../node/probe/probe-client.ts';
import { recordHub } from '../node/replay/record-hub.ts';
import { writeRecording } from '../node/replay/recording.ts';
import { readScrubNames } from '../node/replay/scrub-names.ts';
import { deriveScrubbed } from '../node/replay/scrub.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';

export interface RecordOptions {
  readonly minutes: number;
  /** The file that is written. */
  readonly out: string;
  /** A file of names; see `scrub-names.ts`. Without it everything is kept as it is. */
  readonly scrub?: string;
}

export interface RecordContext {
  readonly version: string;
  /** Where the built program lies. */
  readonly programDir: string;
  /** Ends the recording early; what there is is written. */
  readonly signal: AbortSignal;
}

/** Records this machine into a file, and returns what to print. Throws MonitorError. */
export async function runRecordCommand(options: RecordOptions, context: RecordContext): Promise<string> {
  const { minutes, out, scrub } = options;
  const { version, programDir, signal } = context;
  const names = scrub === undefined ? null : await readScrubNames(scrub);
  const clock = systemClock;
  const spawnProbe = () => forkProbe(join(programDir, 'probe-process.js'));
  const probe = new ProbeClient({ clock, spawnProbe });
  const host = { name: names?.host ?? hostname(), platform: process.platform, version };
  await using monitor = createMonitor({
    clock,
    collectors: createCollectors({ clock, spawnProbe, probe }),
    hostName: host.name,
    version,
    platform: host.platform,
    instanceId: randomUUID(),
  });
  monitor.tasks.service('probe').adopt('probe process', probe);
  const startedWallMs = clock.wall();
  const topics = monitor.topics.filter((topic) => topic !== 'diagnostics');
  const frames = await recordHub({ hub: monitor.hub, clock, topics, durationMs: minutes * 60_000, signal });
  if (frames.length === 0) throw new MonitorError('unavailable', 'Nothing was read, so nothing is written.');
  const kept = names ? frames.map(({ ms, sections }) => ({ ms, sections: deriveScrubbed(sections, names) })) : frames; // prettier-ignore
  const header = { format: 'pulsewire-recording', version: 1, host, startedWallMs, scrubbed: names !== null } as const; // prettier-ignore
  await writeRecording(out, { header, frames: kept }).catch((cause: unknown) => {
    throw new MonitorError('io', `${out} cannot be written: ${MonitorError.from(cause).message}`, { cause });
  });
  const seconds = Math.round((frames.at(-1)?.ms ?? 0) / 1_000);
  const warning = names
    ? ''
    : ' It holds names of users, programs, files and addresses: mind whom it is given to.';
  return `${out}: ${frames.length} readings of ${seconds} s.${warning}\n`;
}
