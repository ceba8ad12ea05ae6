import { connect as connectTcp, type Socket } from 'node:net';
import { SocketClient } from '../src/node/server/testing/socket-client.ts';
import { pause } from './soak-faults.ts';
import type { SeededRandom } from './soak-random.ts';

/** What a client that misbehaves, or merely comes and goes, is given. */
export interface RoughClient {
  readonly port: number;
  readonly token: string;
  readonly random: SeededRandom;
  readonly signal: AbortSignal;
  /** Hears of what must not be. */
  readonly complain: (what: string) => void;
}

type Run = (client: RoughClient) => Promise<void>;

/** One turn of each kind of client, repeated for as long as the soak lasts. */
export const roughClients: Readonly<Record<string, Run>> = {
  /** Comes, reads one sample and leaves, in each way in which one can. */
  churns: async ({ port, token, random, signal }) => {
    const client = open(port, token);
    if (await client.opened) {
      client.hello();
      client.subscribe(500);
      await client.next('snapshot').catch(() => undefined);
      leave(client, random);
    }
    await client.closed;
    await pause(random.between(10, 300), signal);
  },
  /** Stops reading for a while, and reads on; the host may have closed it by then, with a reason. */
  stalls: async ({ port, token, random, signal, complain }) => {
    const client = open(port, token);
    if (!(await client.opened)) return;
    client.hello();
    client.subscribe(250);
    await client.next('snapshot').catch(() => undefined);
    const { _socket: socket } = client.socket as unknown as { _socket: Socket | null };
    socket?.pause();
    await pause(random.between(500, 25_000), signal);
    socket?.resume();
    await pause(1_000, signal);
    client.socket.terminate();
    const { code, reason } = await client.closed;
    if (code === 1008 && reason === '') complain('A client was closed with 1008 and no reason.');
  },
  /** Acknowledges the first samples, and then never again, while it reads all. */
  forgets: async ({ port, token, random, signal }) => {
    const client = open(port, token);
    if (!(await client.opened)) return;
    client.hello();
    client.subscribe(250);
    const snapshot = await client.next('snapshot').catch(() => null);
    if (snapshot) client.send({ type: 'ack', seq: snapshot.seq });
    await pause(random.between(1_000, 20_000), signal);
    client.socket.terminate();
    await client.closed;
  },
  /** Asks for what is not there or not granted: each question gets its own error. */
  asks: async ({ port, token, random, signal, complain }) => {
    const client = open(port, token);
    if (!(await client.opened)) return;
    client.hello();
    const count = 8;
    for (let index = 0; index < count; index++) {
      const method = random.pick(['no.such.method', 'process.signal', 'sharing.set']);
      client.send({ type: 'request', id: `q${index}`, method, params: {} });
      await pause(random.between(100, 400), signal);
    }
    await pause(1_000, signal);
    const answered = new Set(client.heard.flatMap((message) => ('id' in message && message.id) || []));
    const isCut = client.socket.readyState !== client.socket.OPEN;
    if (answered.size !== count && !isCut && !signal.aborted)
      complain(`Of ${count} requests ${answered.size} were answered.`);
    leave(client, random);
    await client.closed;
    await pause(random.between(500, 3_000), signal);
  },
  /** Opens a connection and says nothing, or a byte a second: it must be gone in 6 s. */
  drips: async ({ port, random, signal, complain }) => {
    const socket = connectTcp({ port, host: '127.0.0.1', localAddress: '127.0.0.65' });
    socket.on('error', () => undefined);
    socket.resume();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const head = random.pick(['', 'GET /v1/stream HTTP/1.1\r\nHost: ']);
    const startMs = performance.now();
    const isClosed = closed.then(() => true);
    for (let at = 0; at < 12 && !signal.aborted; at++) {
      if (head !== '') socket.write(head.charAt(at));
      if (await Promise.race([isClosed, pause(1_000, signal).then(() => false)])) break;
    }
    const tookMs = performance.now() - startMs;
    if (!signal.aborted && tookMs > 8_000)
      complain(`A half-open connection stood for ${Math.round(tookMs)} ms.`);
    socket.destroy();
    await closed;
  },
  /** Comes with a token that is none. */
  guesses: async ({ port, random, signal, complain }) => {
    const client = new SocketClient(port, { localAddress: '127.0.0.66' });
    if (await client.opened) {
      client.hello(`wrong-${random.next()}`);
      await client.closed;
      if (client.heard.some(({ type }) => type === 'welcome')) complain('A wrong token was welcomed.');
    }
    await client.closed;
    await pause(random.between(2_000, 10_000), signal);
  },
  /** Tries to pair with a code that is none. */
  pairs: async ({ port, random, signal, complain }) => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'BBBB-BBBB', name: 'soak' }),
    }).catch(() => null);
    if (answer?.ok) complain('A wrong code was taken.');
    await answer?.body?.cancel();
    await pause(random.between(5_000, 15_000), signal);
  },
  /** Reads what there is over plain HTTP. */
  fetches: async ({ port, token, random, signal, complain }) => {
    const path = random.pick(['/healthz', '/v1/info', '/metrics', '/nothing']);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers }).catch(() => null);
    if (!answer || answer.status >= 500)
      complain(`${path} was answered with ${answer?.status ?? 'nothing'}.`);
    await answer?.body?.cancel();
    await pause(random.between(200, 2_000), signal);
  },
};

function open(port: number, token: string): SocketClient {
  return new SocketClient(port, { headers: { authorization: `Bearer ${token}` } });
}

function leave(client: SocketClient, random: SeededRandom): void {
  const { _socket: socket } = client.socket as unknown as { _socket: Socket | null };
  const way = random.pick(['close', 'terminate', 'halfOpen', 'reset'] as const);
  if (way === 'close') client.socket.close(1000);
  else if (way === 'terminate' || !socket) client.socket.terminate();
  else if (way === 'halfOpen') socket.end();
  else socket.resetAndDestroy();
}
