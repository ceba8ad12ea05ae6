import type { ChildProcess } from 'node:child_process';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { endChildren, openViewers, report, startChild } from './children.ts';
import { HostHandle } from './host-handle.ts';
import { deriveSpread, quantile, type Spread } from './statistics.ts';

export const description =
  '1 000 viewers of which 10 stop reading: what the others notice, and how long it lasts';

const defaultRounds = 5;
const defaultViewers = 1_000;
const stalling = 10;
/** So much does a viewer that will stall ask for: the system's own buffers of some megabytes are to be full soon. */
const busySubscriptions = 24;
const busyIntervalMs = 250;
/** How long everybody reads before some stop. */
const readingMs = 12_000;
const pollMs = 50;
/** A host that does not close them by then is not going to. */
const giveUpMs = 90_000;

interface Round {
  readonly readingP99Ms: number;
  readonly stalledP99Ms: number;
  /** Most bytes that waited for one of them. */
  readonly peakBytes: number;
  /** From the mark to being shown out, and to the end of the socket, of the one that took longest. */
  readonly closedAfterMs: number;
  readonly goneAfterMs: number;
  /** From the moment in which they stopped reading to the mark: what the system's own buffers take. */
  readonly markAfterMs: number;
  /** How many came above the mark; the rest was lost to unanswered pings before. */
  readonly aboveMark: number;
}

/** `--viewers N` and `--rounds N` for others than 1 000 and five. */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const rounds = parseCount(args, '--rounds', defaultRounds);
  const viewers = parseCount(args, '--viewers', defaultViewers);
  const host = await HostHandle.start();
  const children: ChildProcess[] = [];
  try {
    const others = startChild(children, 'viewer-process.js');
    const order = { kind: 'viewers', port: host.port, token: host.token } as const;
    await openViewers(others, { ...order, count: viewers - stalling });
    const results: Round[] = [];
    for (let round = 1; round <= rounds; round++) {
      const busy = startChild(children, 'viewer-process.js');
      await openViewers(busy, {
        ...order,
        count: stalling,
        intervalMs: busyIntervalMs,
        subscriptions: busySubscriptions,
      });
      results.push(await measureRound(host, others, busy));
      endChildren([busy]);
      process.stderr.write(`stall: round ${round} of ${rounds}: ${JSON.stringify(results.at(-1))}\n`);
    }
    const spread = (derive: (round: Round) => number): Spread =>
      roundSpread(deriveSpread(results.map(derive)));
    return {
      figures: {
        viewers,
        stalling,
        othersP99Ratio: spread(({ stalledP99Ms, readingP99Ms }) => stalledP99Ms / readingP99Ms),
        peakExtraMb: round2(Math.max(...results.map(({ peakBytes }) => peakBytes)) / 1_048_576),
        closedAfterMs: spread(({ closedAfterMs }) => closedAfterMs),
        goneAfterMs: spread(({ goneAfterMs }) => goneAfterMs),
        aboveMark: spread(({ aboveMark }) => aboveMark),
        markAfterMs: spread(({ markAfterMs }) => markAfterMs),
        othersP99Ms: spread(({ stalledP99Ms }) => stalledP99Ms),
      },
      baseline: { readingP99Ms: spread(({ readingP99Ms }) => readingP99Ms) },
    };
  } finally {
    endChildren(children);
    await host.stop();
  }
}

async function measureRound(host: HostHandle, others: ChildProcess, busy: ChildProcess): Promise<Round> {
  await systemClock.sleep(2_000);
  await report(others);
  await systemClock.sleep(readingMs);
  const reading = await report(others);

  busy.send('pause');
  const stalled = await watch(host);
  const during = await report(others);
  return { ...stalled, readingP99Ms: p99(reading.delaysMs), stalledP99Ms: p99(during.delaysMs) };
}

/** Follows those who do not read until the last of them has gone. */
async function watch(host: HostHandle): Promise<Omit<Round, 'readingP99Ms' | 'stalledP99Ms'>> {
  const startMs = systemClock.monotonic();
  const marks = new Map<string, number>();
  const closed = new Map<string, number>();
  const gone = new Map<string, number>();
  const all = (await host.busyClients()).map(({ id }) => id);
  if (all.length !== stalling) throw new Error(`${all.length} are there to stall, and not ${stalling}.`);
  let peakBytes = 0;
  while (gone.size < stalling) {
    const atMs = systemClock.monotonic() - startMs;
    if (atMs > giveUpMs)
      throw new Error(`After ${giveUpMs / 1_000} s only ${gone.size} of ${stalling} have gone.`);
    const busy = await host.busyClients();
    for (const { id, queuedBytes, isAboveMark, isLive } of busy) {
      peakBytes = Math.max(peakBytes, queuedBytes);
      if (isAboveMark && !marks.has(id)) marks.set(id, atMs);
      if (!isLive && !closed.has(id)) closed.set(id, atMs);
    }
    for (const id of all) {
      if (busy.some((client) => client.id === id) || gone.has(id)) continue;
      gone.set(id, atMs);
      if (!closed.has(id)) closed.set(id, atMs);
    }
    await systemClock.sleep(pollMs);
  }
  // One that is lost to an unanswered ping, before so much was sent to it that it came above the mark, tells nothing.
  if (marks.size === 0) throw new Error('None came above the mark before its ping was missed.');
  const longest = (ends: Map<string, number>): number =>
    Math.max(...[...marks].map(([id, markMs]) => ends.get(id)! - markMs));
  return {
    peakBytes,
    closedAfterMs: longest(closed),
    goneAfterMs: longest(gone),
    aboveMark: marks.size,
    markAfterMs: Math.max(...marks.values()),
  };
}

function p99(delaysMs: readonly number[]): number {
  return quantile(
    [...delaysMs].sort((a, b) => a - b),
    0.99,
  );
}

function parseCount(args: readonly string[], name: string, byDefault: number): number {
  const at = args.indexOf(name);
  if (at < 0) return byDefault;
  const count = Number(args[at + 1]);
  if (!(Number.isInteger(count) && count > 0)) throw new Error(`${name} wants a number.`);
  return count;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

function roundSpread({ median, min, max }: Spread): Spread {
  return { median: round2(median), min: round2(min), max: round2(max) };
}
