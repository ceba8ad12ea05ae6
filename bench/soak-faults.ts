import type { TcpProxy } from '../src/node/server/testing/tcp-proxy.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import type { SeededRandom } from './soak-random.ts';

const whole = { flow: 'pass', delayMs: 0, bytesPerSecond: null, cutAfterBytes: null } as const;

/** What can go wrong with a link. Each lasts until the signal aborts or it is over, and leaves the link whole. */
const faults: Readonly<
  Record<string, (proxy: TcpProxy, random: SeededRandom, signal: AbortSignal) => Promise<void>>
> = {
  reset: async (proxy) => proxy.reset(),
  resetOne: async (proxy, random) => void (proxy.links().length > 0 && random.pick(proxy.links()).reset()),
  halfClose: async (proxy, random) => {
    const links = proxy.links();
    if (links.length > 0) random.pick(links).halfClose(random.pick(['up', 'down'] as const));
  },
  cut: async (proxy, random) => {
    const links = proxy.links();
    if (links.length === 0) return;
    const link = random.pick(links);
    const cutAfterBytes = link.forwarded.down + Math.round(random.between(1, 20_000));
    link.set({ down: { cutAfterBytes } });
  },
  cable: async (proxy, random, signal) => {
    await proxy.cutCable();
    await pause(random.between(500, 20_000), signal);
    await proxy.plugIn();
  },
  blackHole: async (proxy, random, signal) => {
    proxy.set({ up: { flow: 'swallow' }, down: { flow: 'swallow' } });
    await proxy.accept('swallow');
    await pause(random.between(500, 30_000), signal);
    // What was swallowed is lost to those links; only new ones are of use.
    proxy.reset();
    proxy.set({ up: whole, down: whole });
    await proxy.accept('forward');
  },
  stall: async (proxy, random, signal) => {
    const direction = random.pick(['up', 'down'] as const);
    proxy.set({ [direction]: { flow: 'hold' } });
    await pause(random.between(500, 20_000), signal);
    proxy.set({ [direction]: whole });
  },
  slow: async (proxy, random, signal) => {
    proxy.set({ down: { bytesPerSecond: Math.round(random.between(500, 20_000)) } });
    await pause(random.between(2_000, 15_000), signal);
    proxy.set({ down: whole });
  },
  late: async (proxy, random, signal) => {
    const delayMs = random.between(50, 1_500);
    proxy.set({ up: { delayMs }, down: { delayMs } });
    await pause(random.between(2_000, 15_000), signal);
    proxy.set({ up: whole, down: whole });
  },
  refuse: async (proxy, random, signal) => {
    await proxy.accept('refuse');
    proxy.reset();
    await pause(random.between(200, 8_000), signal);
    await proxy.accept('forward');
  },
};

/**
 * Makes a link fail in one way after another until the signal aborts, and leaves it whole. Returns how often each
 * happened.
 */
export async function injectFaults(
  proxy: TcpProxy,
  random: SeededRandom,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  while (!signal.aborted) {
    await pause(random.between(1_000, 12_000), signal);
    if (signal.aborted) break;
    const name = random.pick(Object.keys(faults));
    counts[name] = (counts[name] ?? 0) + 1;
    await faults[name]!(proxy, random, signal);
  }
  return counts;
}

/** Waits, but not past the end of the soak. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await systemClock.sleep(ms, signal).catch(() => undefined);
}
