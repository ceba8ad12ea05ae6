import type { ChildProcess } from 'node:child_process';
import { serverFlags } from '../scripts/lib/server-flags.mjs';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { endChildren, hear, openViewers, report, startChild } from './children.ts';
import { HostHandle } from './host-handle.ts';
import type { RawServerMessage } from './raw-server-process.ts';
import { deriveSpread, quantile, type Spread } from './statistics.ts';

export const description = 'one sample a second to 100, 1 000 and 10 000 viewers, beside plain socket writes';

/**
 * Many short rounds rather than few long ones: one round's ratio is off by a tenth either way on a shared machine, and the
 * median of fifteen hardly is.
 */
const rounds = 15;
/** Long enough for several samples, however late one is. */
const roundMs = 5_000;
/** From the moment that a subject goes on until it is in its rhythm again. */
const settleMs = 1_500;
/** What runs once a second is compiled late, and that takes a tenth of the time meanwhile: a host runs for months. */
const warmUpMs = 90_000;

interface Use {
  readonly cpuMs: number;
  /** Of it, time spent in nothing but writes, where that is known. */
  readonly writeMs?: number;
  readonly frames: number;
}
interface Round {
  readonly microsPerMessage: number;
  readonly writeMicrosPerMessage: number;
  readonly delaysMs: readonly number[];
}

/** `--viewers N[,N…]` for other numbers of viewers. */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const given = args.includes('--viewers') ? args[args.indexOf('--viewers') + 1] : undefined;
  const counts = (given ?? '100,1000,10000').split(',').map(Number);
  const figures: Record<string, unknown> = {};
  const baseline: Record<string, unknown> = {};
  let fewer: { readonly count: number; readonly grownKb: number } | null = null;
  for (const count of counts) {
    process.stderr.write(`fanout: ${count} viewers\n`);
    const { figures: measured, baseline: raw, grownKb } = await measure(count);
    // Both have grown by what a host of that age grows by itself, however many watch.
    const rssKbPerFurtherViewer = fewer && round2((grownKb - fewer.grownKb) / (count - fewer.count));
    figures[`viewers${count}`] = { ...measured, rssKbPerFurtherViewer };
    baseline[`viewers${count}`] = raw;
    fewer = { count, grownKb };
  }
  return { figures, baseline };
}

/**
 * Host and plain sockets take turns, round by round, so that a noisy machine is unfair to both alike; while one is
 * measured the other stands still. Both read and encode the same samples and send the same bytes to as many sockets, in
 * slices alike; `ratioToWritesAlone` sets all that the host does beside nothing but the writes.
 */
async function measure(count: number): Promise<{ figures: object; baseline: object; grownKb: number }> {
  const host = await HostHandle.start();
  const children: ChildProcess[] = [];
  try {
    const bytes = await meanFrameBytes(host);
    const empty = await host.settledState();
    const hostViewers = startChild(children, 'viewer-process.js');
    const order = { kind: 'viewers', port: host.port, token: host.token } as const;
    const firstHalf = Math.floor(count / 2);
    await openViewers(hostViewers, { ...order, count: firstHalf });

    const rawServer = startChild(children, 'raw-server-process.js', serverFlags);
    const { port } = (await hear(rawServer, 'listening')) as Extract<
      RawServerMessage,
      { event: 'listening' }
    >;
    const rawViewers = startChild(children, 'viewer-process.js');
    await openViewers(rawViewers, { kind: 'raw', port, token: '', count });
    await systemClock.sleep(warmUpMs);
    const half = await host.settledState();
    await openViewers(hostViewers, { ...order, count: count - firstHalf });

    const hostRounds: Round[] = [];
    const rawRounds: Round[] = [];
    // Not `state`: a collection asked for makes V8 collect again, several times, once it sees that little is allocated.
    const before = await host.use();
    for (let round = 0; round < rounds; round++) {
      rawServer.kill('SIGSTOP');
      hostRounds.push(await measureRound(hostViewers, () => host.use()));
      rawServer.kill('SIGCONT');
      host.pause();
      rawRounds.push(await measureRound(rawViewers, () => rawUse(rawServer)));
      host.resume();
    }
    const after = await host.settledState();
    const grownKb = (after.rssBytes - empty.rssBytes) / 1_024;
    const micros = deriveSpread(hostRounds.map(({ microsPerMessage }) => microsPerMessage));
    const rawMicros = deriveSpread(rawRounds.map(({ microsPerMessage }) => microsPerMessage));
    const writeMicros = deriveSpread(rawRounds.map(({ writeMicrosPerMessage }) => writeMicrosPerMessage));
    const ratiosToWrites = hostRounds.map(
      ({ microsPerMessage }, round) => microsPerMessage / rawRounds[round]!.writeMicrosPerMessage,
    );
    const ratios = hostRounds.map(
      ({ microsPerMessage }, round) => microsPerMessage / rawRounds[round]!.microsPerMessage,
    );
    return {
      figures: {
        frameBytes: bytes,
        microsPerMessage: roundSpread(micros),
        ratioToRawSocket: roundSpread(deriveSpread(ratios)),
        ratioToWritesAlone: roundSpread(deriveSpread(ratiosToWrites)),
        deliveryMsP50: deriveDelay(hostRounds, 0.5),
        deliveryMsP99: deriveDelay(hostRounds, 0.99),
        // By the second half of the viewers: what the first ones bring with them is the host's own warming up.
        rssKbPerViewer: round2((after.rssBytes - half.rssBytes) / 1_024 / (count - firstHalf)),
        rssKbPerViewerFromEmpty: round2(grownKb / count),
        encodesPerTick: round2((after.encodes - before.encodes) / (after.seq - before.seq)),
      },
      baseline: {
        rawMicrosPerMessage: roundSpread(rawMicros),
        rawWriteMicrosPerMessage: roundSpread(writeMicros),
        rawDeliveryMsP50: deriveDelay(rawRounds, 0.5),
        rawDeliveryMsP99: deriveDelay(rawRounds, 0.99),
        emptyRssKb: Math.round(empty.rssBytes / 1_024),
      },
      grownKb,
    };
  } finally {
    endChildren(children);
    await host.stop();
  }
}

/** A quantile of the delays of each round. */
function deriveDelay(rounds: readonly Round[], share: number): Spread {
  const sorted = rounds.map(({ delaysMs }) => [...delaysMs].sort((a, b) => a - b));
  return roundSpread(deriveSpread(sorted.map((delays) => quantile(delays, share))));
}

async function measureRound(viewers: ChildProcess, readUse: () => Promise<Use>): Promise<Round> {
  await systemClock.sleep(settleMs);
  await report(viewers);
  const start = await readUse();
  await systemClock.sleep(roundMs);
  const end = await readUse();
  const { delaysMs } = await report(viewers);
  const frames = end.frames - start.frames;
  if (frames <= 0) throw new Error('Nothing was sent in a round.');
  const perMessage = (ms: number): number => (ms * 1_000) / frames;
  return {
    microsPerMessage: perMessage(end.cpuMs - start.cpuMs),
    writeMicrosPerMessage: perMessage((end.writeMs ?? NaN) - (start.writeMs ?? NaN)),
    delaysMs,
  };
}

/** How long a sample of this machine is, as a viewer gets it. */
async function meanFrameBytes(host: HostHandle): Promise<number> {
  const { default: WebSocket } = await import('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/v1/stream`, 'pulsewire.v1.json', {
    headers: { authorization: `Bearer ${host.token}` },
  });
  const topics = ['cpu', 'disk', 'host', 'memory', 'network'];
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'hello', protocol: 1, client: { name: 'bench', version: '1' } }));
    socket.send(JSON.stringify({ type: 'subscribe', id: 'main', topics, intervalMs: 1_000 }));
  });
  const bytes = await new Promise<number>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      if (data.toString('latin1', 0, 20).startsWith('{"type":"sample"')) resolve(data.length);
    });
  });
  socket.terminate();
  return bytes;
}

async function rawUse(child: ChildProcess): Promise<Use> {
  const answer = hear(child, 'use');
  child.send('use');
  return (await answer) as Extract<RawServerMessage, { event: 'use' }>;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

function roundSpread({ median, min, max }: Spread): Spread {
  return { median: round2(median), min: round2(min), max: round2(max) };
}
