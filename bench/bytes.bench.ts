import { fileURLToPath } from 'node:url';
import { createMonitor } from '../src/core/monitor.ts';
import { MemoryClient } from '../src/core/testing/memory-client.ts';
import { createCollectors } from '../src/node/collectors/collectors.ts';
import { NodeOwnUse } from '../src/node/cost/node-own-use.ts';
import { forkProbe } from '../src/node/probe/fork-probe.ts';
import { standingDemands } from '../src/renderer/views/standing-demands.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { advanceChain, encodeDelta } from '../src/shared/protocol/compact/chain.ts';
import type { Encoding, SampleMessage } from '../src/shared/protocol/index.ts';
import { roundSpread } from './rounds.ts';
import { deriveSpread } from './statistics.ts';

export const description = 'bytes of the default dashboard a sample, in JSON and in the compact encoding';

const encodings = ['json', 'compact'] as const;
/** What the overview asks for besides: see src/renderer/views/pages.ts. */
const overviewDemands = [{ topics: ['cost'], intervalMs: 5_000 }] as const;
const demands = [...standingDemands, ...overviewDemands];
const fastestMs = Math.min(...demands.map(({ intervalMs }) => intervalMs));
const rounds = 5;

/**
 * Real collectors, read by a real monitor, and two clients with the dashboard's subscriptions. `--samples N` of the fastest
 * subscription, default 600; `--interval MS` between them, default 250 in place of the dashboard's 1 000, the slower
 * subscriptions in proportion. A sample of the dashboard is one of the fastest with its share of the slower ones.
 */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const count = parseOption(args, '--samples', 600);
  const intervalMs = parseOption(args, '--interval', 250);
  const spawnProbe = (): ReturnType<typeof forkProbe> =>
    forkProbe(fileURLToPath(new URL('./probe-process.js', import.meta.url)));
  await using monitor = createMonitor({
    clock: systemClock,
    collectors: createCollectors({ clock: systemClock, spawnProbe }),
    hostName: 'bench',
    version: 'bench',
    platform: process.platform,
    instanceId: 'bench',
    ownUse: new NodeOwnUse({ onBattery: () => false }),
  });
  const watches = encodings.map((encoding) => new Watch(encoding, new MemoryClient(monitor, {}, encoding)));
  for (const watch of watches) watch.begin(intervalMs / fastestMs);
  const [json, compact] = watches as [Watch, Watch];
  for (let told = 0; json.fastest.length < count; await systemClock.sleep(100)) {
    if (json.fastest.length < told + 100) continue;
    told = json.fastest.length;
    process.stderr.write(`bytes: ${told} of ${count} samples\n`);
  }
  const [jsonBytes, binBytes] = [json.bytesPerSample(), compact.bytesPerSample()];
  const micros = measureEncoding(json.fastest);
  return {
    figures: {
      samples: json.fastest.length,
      intervalMs,
      jsonBytesPerSample: Math.round(jsonBytes),
      binBytesPerSample: Math.round(binBytes),
      ratio: Math.round((binBytes / jsonBytes) * 1_000) / 1_000,
      bySubscription: Object.fromEntries(
        demands.map(({ topics }, index) => [
          topics.join(' '),
          { json: json.meanBytes(`${index}`), bin: compact.meanBytes(`${index}`) },
        ]),
      ),
      keyframeBytes: compact.firstBytes,
      encodeMicrosJson: micros.json,
      encodeMicrosBin: micros.bin,
    },
    baseline: {},
  };
}

/** One client, and what its samples take. */
class Watch {
  readonly fastest: SampleMessage[] = [];
  /** Of the snapshots, which come once. */
  firstBytes = 0;
  readonly #client: MemoryClient;
  readonly #bytes = new Map<string, number[]>();

  constructor(encoding: Encoding, client: MemoryClient) {
    this.#client = client;
    client.far.onMessage((frame) => {
      const message = client.heard.at(-1);
      const length = typeof frame === 'string' ? Buffer.byteLength(frame) : frame.length;
      if (message?.type === 'snapshot') this.firstBytes += length;
      if (message?.type === 'sample') this.#note(message, length, encoding);
      client.heard.length = 0;
      client.frames.length = 0;
    });
  }

  begin(scale: number): void {
    this.#client.hello();
    demands.forEach(({ topics, intervalMs }, index) =>
      this.#client.subscribe([...topics], Math.max(250, intervalMs * scale), `${index}`),
    );
  }

  meanBytes(id: string): number {
    const all = this.#bytes.get(id) ?? [];
    return Math.round(all.reduce((sum, bytes) => sum + bytes, 0) / Math.max(1, all.length));
  }

  /** All that came, over the number of samples of the fastest subscription. */
  bytesPerSample(): number {
    const all = [...this.#bytes.values()].flat();
    return all.reduce((sum, bytes) => sum + bytes, 0) / this.#bytes.get('0')!.length;
  }

  #note(message: SampleMessage, length: number, encoding: Encoding): void {
    const all = this.#bytes.get(message.id) ?? [];
    this.#bytes.set(message.id, [...all, length]);
    if (message.id === '0' && encoding === 'json') this.fastest.push(message);
  }
}

/** Mean time of one encoding, in turns, round by round, so that a noisy machine is unfair to both alike. */
function measureEncoding(samples: readonly SampleMessage[]): { json: unknown; bin: unknown } {
  const chain = { number: 1, id: '0', topics: [...standingDemands[0]!.topics].sort() };
  const [json, bin]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now();
    for (const sample of samples) bytes += JSON.stringify(sample).length;
    const betweenMs = performance.now();
    let state = advanceChain(null, samples[0]!);
    for (const sample of samples.slice(1)) {
      bytes += encodeDelta(chain, state, sample).length;
      state = advanceChain(state, sample);
    }
    const endMs = performance.now();
    json.push(((betweenMs - startMs) * 1_000) / samples.length);
    bin.push(((endMs - betweenMs) * 1_000) / (samples.length - 1));
  }
  if (bytes === 0) throw new Error('Nothing was encoded.');
  return { json: roundSpread(deriveSpread(json)), bin: roundSpread(deriveSpread(bin)) };
}

function parseOption(args: readonly string[], name: string, byDefault: number): number {
  const at = args.indexOf(name);
  if (at < 0) return byDefault;
  const value = Number(args[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} wants a whole number.`);
  return value;
}
