import { createConnection, type Socket } from 'node:net';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { timeoutCode } from '../probe-messages.ts';
import { decodeMessage, encodeCall, measureMessage, type BusCall, type BusMessage } from './bus-message.ts';
import type { BusValue } from './bus-value.ts';

interface Waiting {
  readonly resolve: (body: readonly BusValue[]) => void;
  readonly reject: (error: Error) => void;
}

/** How long the bus, and whoever is asked over it, may take. */
const deadlineMs = 3_000;
/** The bus says one line before it takes messages. */
const longestGreeting = 4_096;

/**
 * A connection to a message bus over its Unix socket, authenticated as the user of this process (EXTERNAL). Asks, and
 * passes over all else. Once it has failed every call fails: open another. Source: D-Bus Specification 0.43.
 */
export class BusConnection {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #bytes: Buffer = Buffer.alloc(0);
  #isGreeted = false;
  #serial = 0;
  #failure: Error | null = null;

  private constructor(clock: Clock, path: string) {
    this.#clock = clock;
    this.#socket = createConnection({ path });
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('The bus has closed the connection.')));
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    this.#socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  }

  /** Fails with the code of the system's error, or with `timeout`. Whoever opened it closes it. */
  static async open(clock: Clock, path: string): Promise<BusConnection> {
    const connection = new BusConnection(clock, path);
    await connection.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'Hello',
      args: [],
    });
    return connection;
  }

  /** Whether it can still be asked. */
  get isOpen(): boolean {
    return this.#failure === null;
  }

  /**
   * The answer's values. Fails with the error's name of the bus as its code, or with `timeout`, after which the
   * connection is closed.
   */
  async call(call: BusCall): Promise<readonly BusValue[]> {
    if (this.#failure) throw this.#failure;
    const serial = ++this.#serial;
    const timer = new AbortController();
    const answer = new Promise<readonly BusValue[]>((resolve, reject) => this.#waiting.set(serial, { resolve, reject })); // prettier-ignore
    if (this.#isGreeted || serial === 1) this.#send(serial, call);
    void this.#clock.sleep(deadlineMs, timer.signal).then(
      () =>
        this.#fail(
          Object.assign(new Error(`${call.member} was not answered over the bus.`), { code: timeoutCode }),
        ),
      () => undefined,
    );
    try {
      return await answer;
    } finally {
      this.#waiting.delete(serial);
      timer.abort(new Error('The call has ended.'));
    }
  }

  close(): void {
    this.#fail(new Error('The connection to the bus was closed.'));
  }

  /** The first message may follow the authentication at once; the bus reads it after that. */
  #send(serial: number, call: BusCall): void {
    if (serial === 1) this.#socket.write('BEGIN\r\n');
    this.#socket.write(encodeCall(serial, call));
  }

  #take(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    try {
      if (!this.#isGreeted) this.#takeGreeting();
      while (this.#isGreeted) {
        const length = measureMessage(this.#bytes);
        if (length === null || length > this.#bytes.length) break;
        this.#settle(decodeMessage(this.#bytes.subarray(0, length)));
        this.#bytes = this.#bytes.subarray(length);
      }
    } catch (thrown) {
      this.#fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  #takeGreeting(): void {
    const end = this.#bytes.indexOf('\r\n');
    if (end < 0) {
      if (this.#bytes.length > longestGreeting) throw new Error('What answers there is no bus.');
      return;
    }
    const line = this.#bytes.toString('latin1', 0, end);
    if (!/^OK [0-9a-f]+$/i.test(line)) throw Object.assign(new Error('The bus does not accept this user.'), { code: 'EACCES' }); // prettier-ignore
    this.#bytes = this.#bytes.subarray(end + 2);
    this.#isGreeted = true;
  }

  #settle({ type, replyTo, errorName, body }: BusMessage): void {
    const waiting = this.#waiting.get(replyTo);
    if (!waiting || type === 'other') return;
    if (type === 'answer') waiting.resolve(body);
    else waiting.reject(Object.assign(new Error(String(body[0] ?? errorName)), { code: errorName }));
  }

  #fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#socket.destroy();
  }
}
