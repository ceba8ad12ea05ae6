import { setMaxListeners } from 'node:events';
import { TestViewer } from '../src/headless/testing/test-viewer.ts';
import { TcpProxy } from '../src/node/server/testing/tcp-proxy.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import type { Encoding } from '../src/shared/protocol/index.ts';
import type { Topic } from '../src/shared/series/raw.ts';
import { deriveCompleteness, deriveExcess } from './soak-checks.ts';
import { roughClients } from './soak-clients.ts';
import { injectFaults } from './soak-faults.ts';
import { SoakHost } from './soak-host.ts';
import type { SoakState } from './soak-host-process.ts';
import { SeededRandom } from './soak-random.ts';
import { SoakWatch } from './soak-watch.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface SoakReport {
  readonly minutes: number;
  readonly seed: number;
  /** Empty, or the soak has failed. Alike ones stand here once, with how often. */
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}

const intervalMs = 500;
/** What viewers subscribe to: those of one kind are compared with one of theirs that is never disturbed. */
const kinds: readonly (readonly Topic[])[] = [
  ['cpu', 'memory'],
  ['cpu', 'memory', 'network', 'disk'],
  ['cpu', 'process'],
];
const calmOfEachKind = 3;
const linkCount = 6;
const viewersPerLink = 5;
const roughOfEachKind = 3;
/** After the last client has gone: longer than the host keeps one that has died without a word. */
const settleMs = 45_000;
/** Tasks of the host that somebody's attempts begin and that end by themselves later than we wait: each has one timer. */
const lasting: ReadonlySet<string> = new Set(['audit/sum of attempts']);

/**
 * A host under mixed clients and links that fail at random, watched all the time. At most some 80 clients at once; ends
 * by itself.
 */
export async function runSoak({ minutes, seed, log }: SoakOptions): Promise<SoakReport> {
  const random = new SeededRandom(seed);
  const violations = new Map<string, number>();
  const complain = (what: string): void => {
    if (!violations.has(what)) log(`violation: ${what}`);
    violations.set(what, (violations.get(what) ?? 0) + 1);
  };
  const over = new AbortController();
  const { signal } = over;
  // Every client and every link waits by it.
  setMaxListeners(0, signal);
  const host = await SoakHost.start();
  void host.exited.then(() => {
    if (!signal.aborted) complain('The host ended.');
    over.abort();
  });
  const atRest = await restingState(host);
  const watch = new SoakWatch(host, complain);
  const watching = watch.run(signal);

  const url = `http://127.0.0.1:${host.port}`;
  const token = host.tokens[0]!;
  const calm = kinds.flatMap((topics) =>
    Array.from({ length: calmOfEachKind }, (_, index) => ({
      topics,
      viewer: new TestViewer({ url, token, topics, intervalMs, encoding: encodingOf(index) }),
    })),
  );
  await Promise.all(calm.map(({ viewer }) => viewer.until(({ seqs }) => seqs.length >= 2)));

  const proxies: TcpProxy[] = [];
  const disturbed: { readonly topics: readonly Topic[]; readonly viewer: TestViewer }[] = [];
  const faultsUnderWay: Promise<Readonly<Record<string, number>>>[] = [];
  for (let link = 0; link < linkCount; link++) {
    const proxy = await TcpProxy.start({ target: { port: host.port }, lifetimeMs: (minutes + 5) * 60_000 });
    proxies.push(proxy);
    for (let index = 0; index < viewersPerLink; index++) {
      const topics = kinds[index % kinds.length]!;
      const through = `http://127.0.0.1:${proxy.port}`;
      const hostHeader = `127.0.0.1:${host.port}`;
      const encoding = encodingOf(index + link);
      disturbed.push({
        topics,
        viewer: new TestViewer({ url: through, hostHeader, token, topics, intervalMs, encoding }),
      });
    }
    faultsUnderWay.push(injectFaults(proxy, random.fork(), signal));
  }
  const turns: Record<string, number> = {};
  const rough = Object.entries(roughClients).flatMap(([kind, run]) =>
    Array.from({ length: roughOfEachKind }, async () => {
      const own = random.fork();
      while (!signal.aborted) {
        await run({ port: host.port, token: own.pick(host.tokens), random: own, signal, complain });
        turns[kind] = (turns[kind] ?? 0) + 1;
      }
    }),
  );

  log(`soak: seed ${seed}, ${minutes} min, host on port ${host.port}`);
  await systemClock.sleep(minutes * 60_000, signal).catch(() => undefined);
  over.abort();
  await watching;
  const faults = sum(await Promise.all(faultsUnderWay));
  await Promise.all(rough);
  const hostLives = violations.get('The host ended.') === undefined;
  const viewers = hostLives ? await concludeViewers(calm, disturbed, complain) : {};
  await Promise.all([...calm, ...disturbed].map(({ viewer }) => viewer[Symbol.asyncDispose]()));
  await Promise.all(proxies.map((proxy) => proxy[Symbol.asyncDispose]()));
  if (hostLives) await concludeHost(host, atRest, complain);
  await host.stop();
  return {
    minutes,
    seed,
    violations: [...violations].map(([what, count]) => (count === 1 ? what : `${what} (${count} times)`)),
    figures: { ...viewers, ...watch.conclude(), faults, turns },
  };
}

/** Both are spoken side by side, and bring the same samples. */
function encodingOf(index: number): Encoding {
  return index % 2 === 0 ? 'compact' : 'json';
}

type Viewers = readonly { readonly topics: readonly Topic[]; readonly viewer: TestViewer }[];

/** Waits until every viewer is back on its now whole link, and compares what they got. */
async function concludeViewers(
  calm: Viewers,
  disturbed: Viewers,
  complain: (what: string) => void,
): Promise<Readonly<Record<string, unknown>>> {
  const wholeMs = Date.now();
  const back = await Promise.all(
    disturbed.map(async ({ viewer }) => {
      const isBack = (): boolean =>
        viewer.phase === 'live' && (viewer.seen.samples.at(-1)?.atMs ?? 0) > wholeMs;
      await viewer.until(isBack, 20_000).catch(() => complain(`A viewer is not back: ${viewer.phase}.`));
      return Date.now() - wholeMs;
    }),
  );
  const reference = new Map(
    kinds.map((topics) => [topics, calm.find((one) => one.topics === topics)!.viewer.seqs]),
  );
  let [published, received, lost, reconnections] = [0, 0, 0, 0];
  for (const [index, { topics, viewer }] of [...calm, ...disturbed].entries()) {
    const result = deriveCompleteness(viewer.seen, reference.get(topics)!);
    published += result.published;
    received += result.received;
    lost += result.lost;
    const connections = viewer.seen.states.filter(({ phase }) => phase === 'live').length;
    reconnections += viewer.seen.states.filter(({ phase }) => phase === 'handshaking').length - 1;
    const who = index < calm.length ? 'A viewer that nothing was done to' : 'A viewer';
    if (result.missing.length > 0)
      complain(`${who} misses ${result.missing.length}: ${result.missing.slice(0, 5).join()}.`);
    if (result.twice.length > 0)
      complain(`${who} got ${result.twice.length} twice: ${result.twice.slice(0, 5).join()}.`);
    if (index < calm.length && result.lost > 0) complain(`${who} lost ${result.lost}.`);
    if (index < calm.length && connections === 0) complain(`${who} was never live.`);
    const odd = viewer.seen.seams.filter(({ reason }) => reason !== 'lost');
    if (odd.length > 0) complain(`${who} saw: ${odd[0]!.reason}.`);
  }
  return {
    calmViewers: calm.length,
    disturbedViewers: disturbed.length,
    reconnections,
    samplesPublished: published,
    samplesReceived: received,
    samplesToldLost: lost,
    slowestBackMs: Math.max(...back),
  };
}

/** Nobody is there any more: nothing may be left of anybody. */
async function concludeHost(
  host: SoakHost,
  atRest: SoakState,
  complain: (what: string) => void,
): Promise<void> {
  const startMs = systemClock.monotonic();
  for (;;) {
    const { sessions, subscriptions, orphanScopes, leftovers, resources, services } = await host.state(true);
    for (const left of leftovers) complain(`A closed session left something: ${left}`);
    const tasks = services.filter((task) => !atRest.services.includes(task));
    const awaited = tasks.filter((task) => lasting.has(task)).length;
    const before = { ...atRest.resources, Timeout: (atRest.resources['Timeout'] ?? 0) + awaited };
    const excess = deriveExcess(before, resources);
    const isClean = sessions + subscriptions + orphanScopes.length + Object.keys(excess).length === 0;
    if (isClean) return;
    if (systemClock.monotonic() - startMs > settleMs) {
      const left = { sessions, subscriptions, orphanScopes, excess, tasks };
      complain(`Left at the end: ${JSON.stringify(left)}`);
      return;
    }
    await systemClock.sleep(500);
  }
}

/** The host before its first client, once it has stopped starting. */
async function restingState(host: SoakHost): Promise<SoakState> {
  await systemClock.sleep(2_000);
  return host.state(true);
}

function sum(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  return total;
}
