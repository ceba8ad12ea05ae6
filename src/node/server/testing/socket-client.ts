import { WebSocket, type ClientOptions } from 'ws';
import {
  encodeMessage,
  parseSubprotocol,
  ServerMessageReader,
  type ClientMessage,
  type Encoding,
  type ServerMessage,
} from '../../../shared/protocol/index.ts';

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

/** A viewer as a program would write one, that keeps what it was told. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly heard: ServerMessage[] = [];
  /** HTTP status where the upgrade was refused. */
  refusedWith: number | null = null;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly opened: Promise<boolean>;
  /** Bytes of the samples among what it was told. */
  sampleBytes = 0;
  #reader: ServerMessageReader | null = null;
  #waiting: (() => void)[] = [];

  constructor(port: number, options: ClientOptions & { protocols?: string[]; base?: string } = {}) {
    const { protocols = ['pulsewire.v1.json'], base = `ws://127.0.0.1:${port}`, ...rest } = options;
    this.socket = new WebSocket(`${base}/v1/stream`, protocols, rest);
    this.socket.on('unexpected-response', (_, response) => {
      this.refusedWith = response.statusCode ?? 0;
      response.resume();
      this.socket.terminate();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.#reader ??= new ServerMessageReader(this.#encoding);
      const message = this.#reader.read(isBinary ? data : data.toString());
      if (!message) return;
      if (message.type === 'sample') this.sampleBytes += data.length;
      this.heard.push(message);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.#wake();
      });
    });
    this.opened = Promise.race([
      new Promise<boolean>((resolve) => this.socket.on('open', () => resolve(true))),
      this.closed.then(() => false),
    ]);
  }

  send(message: ClientMessage): void {
    this.socket.send(encodeMessage(message, this.#encoding));
  }

  hello(token?: string): void {
    this.send({
      type: 'hello',
      protocol: 1,
      client: { name: 'test', version: '1' },
      ...(token && { token }),
    });
  }

  subscribe(intervalMs = 250): void {
    this.send({ type: 'subscribe', id: 'main', topics: ['cpu'], intervalMs });
  }

  /** The first message of a type, waited for. Throws where the connection ends before. */
  async next<Type extends ServerMessage['type']>(type: Type): Promise<MessageOf<Type>> {
    for (;;) {
      const found = this.heard.find((message): message is MessageOf<Type> => message.type === type);
      if (found) return found;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error(`Closed before "${type}".`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  get #encoding(): Encoding {
    return parseSubprotocol(this.socket.protocol) ?? 'json';
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
