import type { Topic } from '../src/shared/series/raw.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { AskedChild } from './asked-child.ts';
import { Keeper } from './keeper.ts';
import { installPeers, Peers } from './peers.ts';
import { measureRounds, parseSeconds, round3, type Subject } from './rounds.ts';
import { quantile } from './statistics.ts';
import { WatchedHost } from './watched-host.ts';

export const description =
  'every collector at 1 Hz for one viewer, beside systeminformation and, with --peers, others';

const idleProcesses = 300;
const loopSeconds = 20;
/** Until the engine has compiled what runs once a second, and every process has been read for the first time. */
const warmUpSeconds = 60;
/** A machine too busy for one reading a second makes no figures. */
const leastReadsPerSecond = 0.7;
/** Subjects that `systeminformation` is asked for too. */
const sharedTopics: readonly Topic[] = ['cpu', 'memory', 'network', 'filesystem', 'disk', 'process'];

/**
 * `--seconds N` for less than 60 a subject, `--processes N` for another number of idle ones, `--peers` for the other
 * monitors too, which it may install.
 */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const seconds = parseSeconds(args, 60);
  const log = (line: string): void => void process.stderr.write(`sampling: ${line}\n`);
  const keeper = new Keeper();
  const library = new AskedChild('systeminformation-process.js');
  const hosts: WatchedHost[] = [];
  let others: Peers | null = null;
  try {
    const at = args.indexOf('--processes');
    await keeper.startIdle(at < 0 ? idleProcesses : Number(args[at + 1]));
    if (args.includes('--peers')) {
      await installPeers(log);
      others = await Peers.start(keeper, log);
    }
    const peers = others?.peers ?? [];
    const start = async (name: string, choose: (topics: readonly Topic[]) => readonly Topic[]) => {
      const host = await WatchedHost.start(name, choose);
      hosts.push(host);
      return host;
    };
    const all = await start('all', (topics) => topics);
    await start('withoutProcesses', (topics) => topics.filter((topic) => topic !== 'process'));
    await start('sharedTopics', (topics) => topics.filter((topic) => sharedTopics.includes(topic)));
    log(`warming up for ${Math.min(warmUpSeconds, seconds)} s`);
    await systemClock.sleep(Math.min(warmUpSeconds, seconds) * 1_000);
    const librarySubject: Subject = {
      name: 'systeminformation',
      pid: library.pid,
      begin: () => library.ask('start'),
      rest: () => library.ask('stop'),
      account: async () => ({ forks: 0, reads: await library.ask<number>('reads') }),
    };
    const { costs, processCount, machineForksPerSecond } = await measureRounds(
      [...hosts, librarySubject, ...peers],
      seconds,
      log,
    );
    for (const [name, { readsPerSecond }] of costs) {
      if (readsPerSecond !== null && readsPerSecond < leastReadsPerSecond)
        throw new Error(`${name} read ${readsPerSecond} times a second.`);
    }

    const { viewer } = all;
    const before = { samples: viewer.samples, bytes: viewer.bytes };
    await all.watchLoop();
    await systemClock.sleep(Math.min(loopSeconds, seconds) * 1_000);
    const loop = await all.loopDelay();
    const sampleBytes = (viewer.bytes - before.bytes) / (viewer.samples - before.samples);

    const cpu = (name: string): number => costs.get(name)!.cpuPercentOfCore.median;
    const sampleMs = all.sampleMs.sort((a, b) => a - b);
    return {
      figures: {
        cpuPercentOfCore: costs.get('all')!.cpuPercentOfCore,
        cpuPercentWithoutProcesses: costs.get('withoutProcesses')!.cpuPercentOfCore,
        cpuPercentSharedTopics: costs.get('sharedTopics')!.cpuPercentOfCore,
        forksPerSecond: Math.max(...hosts.map(({ name }) => costs.get(name)!.forksPerSecond)),
        pssMb: round3(all.pssMb()),
        sampleMsP50: round3(quantile(sampleMs, 0.5)),
        sampleMsP99: round3(quantile(sampleMs, 0.99)),
        eventLoopDelayMsP99: round3(loop.p99),
        eventLoopDelayMsMax: round3(loop.max),
        eventLoopDelayResolutionMs: loop.resolutionMs,
        wakeupsPerSecond: costs.get('all')!.wakeupsPerSecond,
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
        topics: Object.fromEntries(viewer.statuses),
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
        sharedTopics,
        secondsEach: seconds,
        idleProcesses,
      },
    };
  } finally {
    await Promise.all([library.end(), ...hosts.map((host) => host.end()), keeper.end()]);
    await others?.[Symbol.asyncDispose]();
  }
}
