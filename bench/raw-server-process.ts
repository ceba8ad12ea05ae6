import { createServer, type Socket } from 'node:net';
import { createSubscriber } from '../src/core/subscription.ts';
import { encodeSharedWire, encodeWireFrame, type SharedWire } from '../src/node/server/wire-frame.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { defaultLimits } from '../src/shared/protocol/index.ts';
import type { Topic } from '../src/shared/series/raw.ts';
import { startBenchHost } from './bench-host.ts';

/**
 * The least that a broadcast can cost: the same samples, read and encoded once by the same monitor, but written to bare TCP
 * sockets, which nobody has authenticated, whose answers nobody reads for what they say and of whom nobody knows whether
 * they keep up. Same bytes, rhythm and slices as the host: those whose ping is due get it with the sample, last.
 */
export type RawServerMessage =
  | { readonly event: 'listening'; readonly port: number }
  /** `writeMs`: the share of the processor time in which it did nothing but write. */
  | { readonly event: 'use'; readonly cpuMs: number; readonly writeMs: number; readonly frames: number };

const topics: readonly Topic[] = ['cpu', 'disk', 'host', 'memory', 'network'];
const sliceMs = 4;
/** A host pings each of its clients once in so many samples of a second. */
const pingEvery = defaultLimits.pingIntervalMs / 1_000;
const sockets = new Set<Socket>();
let frames = 0;
let broadcasts = 0;
let writeMs = 0;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function broadcast({ alone, withPing }: SharedWire): Promise<void> {
  const turn = broadcasts++ % pingEvery;
  let sliceStartMs = systemClock.monotonic();
  let sliceCpuMs = cpuMs();
  let written = 0;
  for (const isPinged of [false, true]) {
    let place = 0;
    for (const socket of sockets) {
      if ((place++ % pingEvery === turn) !== isPinged) continue;
      socket.write(isPinged ? withPing : alone);
      frames++;
      if (++written % 16 !== 0 || systemClock.monotonic() - sliceStartMs < sliceMs) continue;
      writeMs += cpuMs() - sliceCpuMs;
      await systemClock.giveWay();
      sliceStartMs = systemClock.monotonic();
      sliceCpuMs = cpuMs();
    }
  }
  writeMs += cpuMs() - sliceCpuMs;
}

const { host, end } = await startBenchHost();
host.monitor.hub.subscribe(
  { id: 'main', topics, intervalMs: 1_000, encoding: 'json', projection: 'names' },
  createSubscriber((subscription) => {
    const delivery = subscription.take();
    if (delivery) void broadcast(encodeSharedWire(delivery.frame));
  }),
);
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  socket.once('data', () => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    socket.write(encodeWireFrame('{"type":"welcome"}'));
    sockets.add(socket);
    socket.resume();
  });
});
process.on('message', () => {
  process.send?.({ event: 'use', cpuMs: cpuMs(), writeMs, frames } satisfies RawServerMessage);
});
process.on('disconnect', () => void end().finally(() => process.exit(0)));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.send?.({ event: 'listening', port } satisfies RawServerMessage);
});
