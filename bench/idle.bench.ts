import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { AskedChild } from './asked-child.ts';
import { Keeper } from './keeper.ts';
import { LocalViewer } from './local-viewer.ts';
import { readTreePssMb } from './process-tree.ts';
import { measureRounds, parseSeconds, round3 } from './rounds.ts';

export const description = 'a host that nobody watches, after somebody has watched everything';

const idleProcesses = 300;
const watchedMs = 5_000;

/** `--seconds N` for less than 60. */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const seconds = parseSeconds(args, 60);
  const log = (line: string): void => void process.stderr.write(`idle: ${line}\n`);
  const keeper = new Keeper();
  const host = new AskedChild('sampling-host.js');
  const empty = new AskedChild('empty-process.js');
  try {
    await keeper.startIdle(idleProcesses);
    const viewer = await LocalViewer.open(await host.ask('open'));
    viewer.watch(viewer.topics, 1_000);
    await systemClock.sleep(watchedMs);
    if (viewer.samples === 0) throw new Error('The host sent no sample while it was watched.');
    viewer.close();
    const nothing = (): void => undefined;
    const { costs, processCount } = await measureRounds(
      [
        { name: 'host', pid: host.pid, begin: nothing, rest: nothing },
        { name: 'node', pid: empty.pid, begin: nothing, rest: nothing },
      ],
      seconds,
      log,
    );
    const { cpuPercentOfCore, wakeupsPerSecond } = costs.get('host')!;
    return {
      figures: { cpuPercentOfCore, wakeupsPerSecond, pssMb: round3(readTreePssMb(host.pid)), processCount },
      baseline: {
        emptyNodeCpuPercentOfCore: costs.get('node')!.cpuPercentOfCore,
        emptyNodeWakeupsPerSecond: costs.get('node')!.wakeupsPerSecond,
        emptyNodePssMb: round3(readTreePssMb(empty.pid)),
        secondsEach: seconds,
      },
    };
  } finally {
    await Promise.all([empty.end(), host.end(), keeper.end()]);
  }
}
