import type { Topic } from '../src/shared/series/raw.ts';
import { AskedChild } from './asked-child.ts';
import { Keeper } from './keeper.ts';
import { LocalViewer } from './local-viewer.ts';
import { installPeers, Peers } from './peers.ts';
import { readTreePssMb } from './process-tree.ts';
import { measureRounds, parseSeconds, round3, type Subject } from './rounds.ts';
import type { LoopDelay, SamplingHostState } from './sampling-host.ts';
import { quantile } from './statistics.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';

export const description =
  'every collector at 1 Hz for one viewer, beside systeminformation and, with --peers, others';

const intervalMs = 1_000;
const idleProcesses = 300;
const loopSeconds = 20;
/** A machine too busy for one reading a second makes no figures. */
const leastReadsPerSecond = 0.7;
/** Subjects that `systeminformation` is asked for too. */
const sharedTopics: readonly Topic[] = ['cpu', 'memory', 'network', 'filesystem', 'disk', 'process'];

/**
 * The viewer is a loopback WebSocket of this process. `--seconds N` for less than 60 a subject, `--processes N` for
 * another number of idle ones, `--peers` for the other monitors too, which it may install.
 */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const seconds = parseSeconds(args, 60);
  const log = (line: string): void => void process.stderr.write(`sampling: ${line}\n`);
  const keeper = new Keeper();
  const host = new AskedChild('sampling-host.js');
  const library = new AskedChild('systeminformation-process.js');
  let others: Peers | null = null;
  try {
    const at = args.indexOf('--processes');
    await keeper.startIdle(at < 0 ? idleProcesses : Number(args[at + 1]));
    if (args.includes('--peers')) {
      await installPeers(log);
      others = await Peers.start(keeper, log);
    }
    const peers = others?.peers ?? [];
    const viewer = await LocalViewer.open(await host.ask('open'));
    const shared = sharedTopics.filter((topic) => viewer.topics.includes(topic));
    const watched = (name: string, topics: readonly Topic[]): Subject => ({
      name,
      pid: host.pid,
      begin: () => viewer.watch(topics, intervalMs),
      rest: () => viewer.rest(),
      account: async () => ({
        forks: (await host.ask<SamplingHostState>('state')).forks,
        reads: viewer.samples,
      }),
    });
    const subjects: Subject[] = [
      watched('all', viewer.topics),
      watched(
        'withoutProcesses',
        viewer.topics.filter((topic) => topic !== 'process'),
      ),
      watched('sharedTopics', shared),
      {
        name: 'systeminformation',
        pid: library.pid,
        begin: () => library.ask('start'),
        rest: () => library.ask('stop'),
        account: async () => ({ forks: 0, reads: await library.ask<number>('reads') }),
      },
      ...peers,
    ];
    const { costs, processCount, machineForksPerSecond } = await measureRounds(subjects, seconds, log);
    const { sampleMs } = await host.ask<SamplingHostState>('state');
    for (const [name, { readsPerSecond }] of costs) {
      if (readsPerSecond !== null && readsPerSecond < leastReadsPerSecond)
        throw new Error(`${name} read ${readsPerSecond} times a second.`);
    }

    // The loop's timer costs more than all that is measured above: it runs by itself.
    viewer.watch(viewer.topics, intervalMs);
    await systemClock.sleep(2_000);
    const statuses = Object.fromEntries(viewer.statuses);
    const before = { samples: viewer.samples, bytes: viewer.bytes };
    await host.ask('watchLoop');
    await systemClock.sleep(Math.min(loopSeconds, seconds) * 1_000);
    const loop = await host.ask<LoopDelay>('loopDelay');
    const pssMb = readTreePssMb(host.pid);
    const sampleBytes = (viewer.bytes - before.bytes) / (viewer.samples - before.samples);
    viewer.close();

    const cpu = (name: string): number => costs.get(name)!.cpuPercentOfCore.median;
    const sorted = [...sampleMs].sort((a, b) => a - b);
    const hostNames = ['all', 'withoutProcesses', 'sharedTopics'];
    return {
      figures: {
        cpuPercentOfCore: costs.get('all')!.cpuPercentOfCore,
        cpuPercentWithoutProcesses: costs.get('withoutProcesses')!.cpuPercentOfCore,
        cpuPercentSharedTopics: costs.get('sharedTopics')!.cpuPercentOfCore,
        forksPerSecond: Math.max(...hostNames.map((name) => costs.get(name)!.forksPerSecond)),
        pssMb: round3(pssMb),
        sampleMsP50: round3(quantile(sorted, 0.5)),
        sampleMsP99: round3(quantile(sorted, 0.99)),
        eventLoopDelayMsP99: round3(loop.p99),
        eventLoopDelayMsMax: round3(loop.max),
        eventLoopDelayResolutionMs: loop.resolutionMs,
        sampleBytes: Math.round(sampleBytes),
        ratioToSystemInformation: round3(cpu('systeminformation') / cpu('all')),
        ratioToSystemInformationSharedTopics: round3(cpu('systeminformation') / cpu('sharedTopics')),
        ratioTo: Object.fromEntries(
          peers.map(({ name, readsProcesses }) => [
            name,
            round3(cpu(name) / cpu(readsProcesses ? 'all' : 'withoutProcesses')),
          ]),
        ),
        processCount,
        topics: statuses,
      },
      baseline: {
        systemInformationCpuPercentOfCore: costs.get('systeminformation')!.cpuPercentOfCore,
        peers: Object.fromEntries(
          peers.map((peer) => [
            peer.name,
            {
              cpuPercentOfCore: costs.get(peer.name)!.cpuPercentOfCore,
              pssMb: round3(peer.pssMb()),
              readsProcesses: peer.readsProcesses,
            },
          ]),
        ),
        machineForksPerSecond: Object.fromEntries(machineForksPerSecond),
        sharedTopics: shared,
        secondsEach: seconds,
        idleProcesses,
      },
    };
  } finally {
    await Promise.all([library.end(), host.end(), keeper.end()]);
    await others?.[Symbol.asyncDispose]();
  }
}
