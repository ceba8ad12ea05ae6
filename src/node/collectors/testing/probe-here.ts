import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import type { FileTexts, ProbeMethods } from '../../probe/probe-messages.ts';
import type { ProbeServerOptions } from '../../probe/serve-probe.ts';
import { createLocalProbe } from '../../probe/testing/local-probe.ts';
import { readSmallFile } from '../small-file.ts';

/**
 * A client whose probe process is in this one, with what reads files and whatever else a test gives it. Nothing of it
 * takes real time: a fake clock is enough to drive it.
 */
export function createProbeHere(clock: Clock, methods: ProbeServerOptions['methods'] = {}): ProbeClient {
  const all = { readFiles: async (params: unknown) => readFilesNow(params), ...methods };
  return new ProbeClient({ clock, spawnProbe: () => createLocalProbe(clock, all) });
}

/** What the real method answers, without its threads. */
export function readFilesNow(params: unknown): FileTexts {
  const { paths } = params as ProbeMethods['readFiles']['params'];
  return { texts: paths.map((path) => readSmallFile(path, 4_096)), slowestMs: 0.05 };
}
