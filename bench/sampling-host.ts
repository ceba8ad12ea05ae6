import childProcess, { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { forkProbe } from '../src/node/probe/fork-probe.ts';
import { createHost } from '../src/node/server/create-host.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { answerParent } from './asked-child.ts';

/**
 * The host under measurement, in a process of its own: the same `createHost`, collectors and probe process as
 * headless. What it adds costs nothing between questions but one subtraction a sample.
 */
export interface SamplingHostState {
  /** How long each sample took, from the beginning of its tick until it was handed on. */
  readonly sampleMs: readonly number[];
  /** Programs started by this process so far. */
  readonly forks: number;
}
/** Of the loop's timer, in milliseconds. The timer's own interval is in every value; nothing is subtracted. */
export interface LoopDelay {
  readonly resolutionMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const resolutionMs = 1;

let forks = 0;
countForks();
const folder = await mkdtemp(join(tmpdir(), 'pulsewire-bench-'));
const host = await createHost({
  dataDir: folder,
  config: {},
  port: 0,
  staticDir: folder,
  version: 'bench',
  spawnProbe: () => forkProbe(fileURLToPath(new URL('./probe-process.js', import.meta.url))),
  log: (level, message) => void process.stderr.write(`${level}: ${message}\n`),
});
const sampleMs: number[] = [];
const { hub } = host.monitor;
const publish = hub.publish.bind(hub);
hub.publish = (sample) => {
  sampleMs.push(systemClock.monotonic() - sample.monotonicMs);
  return publish(sample);
};
let histogram: IntervalHistogram | null = null;

answerParent(
  {
    open: async () => {
      // Control, since the topics about the host itself are not for everybody.
      const { token } = await host.tokens.create({ name: 'bench', scope: 'control' });
      return { port: host.server.port, token };
    },
    state: (): SamplingHostState => ({ sampleMs, forks }),
    watchLoop: () => {
      histogram = monitorEventLoopDelay({ resolution: resolutionMs });
      histogram.enable();
    },
    loopDelay: (): LoopDelay => {
      histogram?.disable();
      const inMs = (nanoseconds: number | undefined): number => (nanoseconds ?? NaN) / 1e6;
      return {
        resolutionMs,
        p50: inMs(histogram?.percentile(50)),
        p99: inMs(histogram?.percentile(99)),
        max: inMs(histogram?.max),
      };
    },
  },
  async () => {
    await host.close('The bench is over.');
    await rm(folder, { recursive: true, force: true });
  },
);

/** Every way in which Node starts a program: `ChildProcess.spawn` is under all that are asynchronous. */
function countForks(): void {
  const count = <Start extends (...args: never[]) => unknown>(start: Start): Start =>
    function (this: unknown, ...args: never[]) {
      forks++;
      return start.apply(this, args);
    } as Start;
  const prototype = ChildProcess.prototype as unknown as { spawn: () => void };
  prototype.spawn = count(prototype.spawn);
  childProcess.spawnSync = count(childProcess.spawnSync);
  childProcess.execSync = count(childProcess.execSync);
  childProcess.execFileSync = count(childProcess.execFileSync);
  syncBuiltinESMExports();
}
