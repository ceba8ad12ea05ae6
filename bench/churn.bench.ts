import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { HostHandle } from './host-handle.ts';
import { openRawViewer } from './raw-viewer.ts';

export const description = 'viewers that come, read one sample and leave: by close, by abort, half-open';

const defaultCycles = 20_000;
const warmUpCycles = 2_000;
const atOnce = 16;
const ways = ['close', 'abort', 'halfOpen'] as const;

/** 20 000 cycles of connect, authenticate, subscribe, one sample, leave. `--cycles N` for fewer. */
export async function run({ args }: { json: boolean; args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const cycles = Number(args[args.indexOf('--cycles') + 1] ?? NaN) || defaultCycles;
  const host = await HostHandle.start();
  try {
    // One viewer stays, so that there is always a fresh sample and no cycle waits for the next tick.
    const stays = openRawViewer({ ...viewer(host), onFrame: () => undefined });
    await churn(host, warmUpCycles);
    const before = await host.state();
    const startMs = systemClock.monotonic();
    await churn(host, cycles);
    const seconds = (systemClock.monotonic() - startMs) / 1_000;
    await settled(host);
    const after = await host.state();
    stays.destroy();
    await settled(host, 0);
    const end = await host.state();
    return {
      figures: {
        cycles,
        cyclesPerSecond: Math.round(cycles / seconds),
        liveScopesAfter: end.liveScopes,
        liveTasksAfter: end.liveTasks,
        subscriptionsAfter: end.subscriptions,
        handlesOverBaseline: after.handles - before.handles,
        heapBytesPerCycle: Math.round(((after.heapBytes - before.heapBytes) / cycles) * 10) / 10,
      },
      baseline: { warmUpCycles, handles: before.handles, heapBytes: before.heapBytes },
    };
  } finally {
    await host.stop();
  }
}

function viewer({ port, token }: HostHandle): {
  port: number;
  token: string;
  topics: string[];
  intervalMs: number;
} {
  return { port, token, topics: ['cpu', 'memory'], intervalMs: 1_000 };
}

async function churn(host: HostHandle, cycles: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < cycles) await cycle(host, ways[next++ % ways.length]!);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

function cycle(host: HostHandle, way: (typeof ways)[number]): Promise<void> {
  return new Promise((resolve) => {
    const socket = openRawViewer({
      ...viewer(host),
      onFrame: (head) => {
        if (!head.startsWith('{"type":"snapshot"') && !head.startsWith('{"type":"sample"')) return;
        if (way === 'close') socket.end(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]));
        else if (way === 'abort') socket.resetAndDestroy();
        // Half-open: our side ends without the closing handshake; the host must end the other.
        else socket.end();
      },
      onClosed: resolve,
    });
  });
}

/** Waits until nothing but the viewer that stays is there; gives up after ten seconds and lets the figures say so. */
async function settled(host: HostHandle, left = 1): Promise<void> {
  for (let round = 0; round < 100; round++) {
    if ((await host.state()).liveScopes <= left) return;
    await systemClock.sleep(50);
  }
}
