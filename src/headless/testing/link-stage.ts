import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { HeadlessProcess } from './built-headless.ts';
import { TestViewer } from './test-viewer.ts';
import { hostAddress, TwoNamespaces } from './two-namespaces.ts';
import { Watcher } from './watcher.ts';

/** What is to happen, as the one argument of this program. */
export interface LinkPlan {
  readonly dataDir: string;
  /** Which end of the cable is taken down. */
  readonly end: 'host' | 'viewer';
  readonly downMs: number;
}

/** What came of it. Times from the link going down or up. */
export interface LinkReport {
  readonly end: 'host' | 'viewer';
  readonly downMs: number;
  readonly staleAfterMs: number;
  readonly backAfterMs: number;
  readonly published: number;
  readonly received: number;
  readonly missing: readonly number[];
  readonly twice: readonly number[];
  readonly seams: readonly string[];
  readonly attempts: number;
}

/** What a shared host says when it is ready. */
interface Listening {
  readonly url: string;
  /** Left out where it could not be shared. */
  readonly sharing?: { readonly urls: readonly string[]; readonly fingerprint: string };
}

const intervalMs = 1_000;
const here = import.meta.dirname;

const until = async (what: string, isReached: () => boolean, withinMs: number): Promise<void> => {
  const startMs = systemClock.monotonic();
  while (!isReached()) {
    if (systemClock.monotonic() - startMs > withinMs) throw new Error(`${what}: not within ${withinMs} ms.`);
    await systemClock.sleep(20);
  }
};

/** Plays the host's side of a link that goes down and comes up again, inside a network namespace of its own. */
async function play({ dataDir, end, downMs }: LinkPlan): Promise<LinkReport> {
  const namespaces = await TwoNamespaces.create();
  // On a busy machine the budget would make the host read less often, and there would be less to miss.
  await writeFile(join(dataDir, 'config.json'), JSON.stringify({ budget: { cpuShare: null } }), {
    mode: 0o600,
  });
  const host = new HeadlessProcess(join(here, 'headless.js'), [
    '--port',
    '0',
    '--json',
    '--share',
    '--data-dir',
    dataDir,
  ]);
  const token = new HeadlessProcess(join(here, 'headless.js'), [
    ...['token', 'create', '--name', 'link', '--data-dir', dataDir],
  ]);
  let watcher: Watcher | null = null;
  try {
    const { url, sharing } = JSON.parse(await host.firstLine()) as Listening;
    const shared = sharing?.urls.find((one) => one.includes(hostAddress));
    if (!sharing || !shared) throw new Error(`The host is not shared at ${hostAddress}: ${host.stderr}`);
    await token.exited;
    const secret = token.stdout.trim();
    // Beside the host, over no cable: it hears all that is published.
    await using beside = new TestViewer({ url, token: secret, intervalMs });
    await until('the first sample', () => beside.seqs.length > 0, 10_000);
    watcher = new Watcher(
      join(here, 'watching.js'),
      { url: shared, fingerprint: sharing.fingerprint, token: secret, intervalMs },
      namespaces.atViewer,
    );
    const viewer = watcher;
    await until('samples over the link', () => viewer.seqs.length >= 5, 20_000);

    await namespaces.setLink(end, 'down');
    const downAtMs = Date.now();
    await systemClock.sleep(downMs);
    await namespaces.setLink(end, 'up');
    const upAtMs = Date.now();
    const isBack = (): boolean => {
      const { states, samples } = viewer.seen;
      return states.at(-1)!.phase === 'live' && samples.at(-1)!.atMs >= upAtMs;
    };
    await until('the viewer back', isBack, 30_000);
    const backCount = viewer.seqs.length;
    await until('more samples', () => viewer.seqs.length >= backCount + 5, 20_000);

    const { states, samples, seams } = viewer.seen;
    const seqs = samples.map(({ seq }) => seq);
    const published = beside.seqs.filter((seq) => seq >= seqs[0]! && seq <= seqs.at(-1)!);
    const firstSince = (list: readonly { readonly atMs: number }[], sinceMs: number): number =>
      list.find(({ atMs }) => atMs >= sinceMs)!.atMs;
    return {
      end,
      downMs,
      staleAfterMs:
        firstSince(
          states.filter(({ phase }) => phase === 'stale'),
          downAtMs,
        ) - downAtMs,
      backAfterMs: firstSince(samples, upAtMs) - upAtMs,
      published: published.length,
      received: seqs.length,
      missing: published.filter((seq) => !seqs.includes(seq)),
      twice: seqs.filter((seq, index) => seqs.indexOf(seq) !== index),
      seams: seams.map(({ reason }) => reason),
      attempts: states.filter(({ phase, atMs }) => phase === 'connecting' && atMs >= downAtMs).length,
    };
  } finally {
    for (const { child } of [host, token, ...(watcher ? [watcher.process] : [])]) child.kill('SIGKILL');
    namespaces.end();
  }
}

const plan = JSON.parse(process.argv[2] ?? '') as LinkPlan;
process.stdout.write(`${JSON.stringify(await play(plan))}\n`);
