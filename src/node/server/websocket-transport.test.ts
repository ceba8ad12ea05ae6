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
  return { transport, written, socket, take: () => taken() };
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
