import { createServer, type Socket } from 'node:net';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';

/**
 * The least that a broadcast can cost: a plain TCP server that answers an upgrade with a bare 101 and writes one
 * prepared buffer to every socket once a second. Same sizes and rhythm as the host, without any of its work.
 */
export type RawServerMessage =
  | { readonly event: 'listening'; readonly port: number }
  | { readonly event: 'use'; readonly cpuMs: number; readonly frames: number };

const sockets = new Set<Socket>();
let frames = 0;
let bodyBytes = 1_024;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  socket.once('data', () => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    sockets.add(socket);
    socket.write(encodeFrame(createBody()));
    socket.resume();
  });
});

function createBody(): Buffer {
  const head = `{"type":"sample","id":"main","seq":1,"wallMs":${Date.now()},"pad":"`;
  return Buffer.from(head.padEnd(Math.max(head.length, bodyBytes - 2), 'x') + '"}');
}

function encodeFrame(body: Buffer): Buffer {
  const head = Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

async function broadcast(): Promise<void> {
  for (;;) {
    await systemClock.sleep(1_000);
    const frame = encodeFrame(createBody());
    let sliceStart = systemClock.monotonic();
    for (const socket of sockets) {
      socket.write(frame);
      frames++;
      if (systemClock.monotonic() - sliceStart < 4) continue;
      await systemClock.giveWay();
      sliceStart = systemClock.monotonic();
    }
  }
}

process.on('message', (message: 'use' | { bodyBytes: number }) => {
  if (message !== 'use') {
    bodyBytes = message.bodyBytes;
    return;
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ event: 'use', cpuMs: (user + system) / 1_000, frames } satisfies RawServerMessage);
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.send?.({ event: 'listening', port } satisfies RawServerMessage);
  void broadcast();
});
