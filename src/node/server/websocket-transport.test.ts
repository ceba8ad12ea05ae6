import { EventEmitter } from 'node:events';
import { Writable, type Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { Heartbeat } from './heartbeat.ts';
import { WebSocketTransport } from './websocket-transport.ts';

/** A transport on a stream that keeps what is written and takes nothing on until it is told to. */
function open() {
  const clock = new FakeClock();
  const heartbeat = new Heartbeat(new TaskScope('test', { clock }), defaultLimits);
  const socket = Object.assign(new EventEmitter(), { OPEN: 1, readyState: 1 });
  const written: unknown[] = [];
  let taken: () => void = () => undefined;
  const stream = new Writable({
    write: (chunk, _, done) => {
      written.push(chunk);
      taken = done;
    },
  });
  const transport = new WebSocketTransport(socket as unknown as WebSocket, stream as Duplex, {
    clock,
    heartbeat,
    limits: defaultLimits,
  });
  return { clock, transport, written, socket, take: () => taken() };
}

it('writes the very same bytes to every client, header and all, made once', () => {
  const [one, other] = [open(), open()];
  const shared = { frame: '{"type":"sample"}', wire: null };
  one.transport.sendShared(shared);
  other.transport.sendShared(shared);
  expect(one.written).toHaveLength(1);
  expect(other.written[0]).toBe(one.written[0]);
  expect(String(one.written[0]).endsWith(shared.frame)).toBe(true);
});

it('counts as queued what the system has not taken', () => {
  const { transport, take } = open();
  expect(transport.queuedBytes).toBe(0);
  transport.send('x'.repeat(1_000));
  transport.sendShared({ frame: 'y'.repeat(100), wire: null });
  expect(transport.queuedBytes).toBe(4 + 1_000 + 2 + 100);
  take();
  expect(transport.queuedBytes).toBe(2 + 100);
});

it('writes nothing after a close frame of either side', () => {
  const { transport, socket, written } = open();
  socket.readyState = 2;
  transport.send('late');
  transport.sendShared({ frame: 'late', wire: null });
  expect(written).toEqual([]);
});

it('sends a ping that is due before a sample in the same write, and times its answer', async () => {
  const [one, other] = [open(), open()];
  const shared = { frame: '{"type":"sample"}', wire: null };
  one.transport.beat.awaiting = one.transport.beat.due = true;
  one.transport.sendShared(shared);
  other.transport.sendShared(shared);
  const [[withPing], [alone]] = [one.written as Buffer[], other.written as Buffer[]];
  expect(withPing).toEqual(Buffer.concat([Buffer.from([0x89, 0]), alone!]));
  expect(one.transport.beat.due).toBe(false);
  expect(one.transport.roundTripMs).toBeNull();
  await one.clock.advance(12);
  one.socket.emit('pong');
  expect(one.transport.roundTripMs).toBe(12);
  one.transport.sendShared(shared);
  one.take();
  expect(one.written[1]).toBe(alone);
});

it('is closed by who sends pongs that nobody asked for, as by who pings too often', () => {
  for (const event of ['ping', 'pong']) {
    const { transport, socket } = open();
    const closes: number[] = [];
    Object.assign(socket, { close: (code: number) => closes.push(code) });
    for (let count = 0; count < defaultLimits.messageBurst; count++) socket.emit(event);
    expect(closes).toEqual([]);
    socket.emit(event);
    expect(closes).toEqual([1008]);
    expect(transport.roundTripMs).toBeNull();
  }
});
