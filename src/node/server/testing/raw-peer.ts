import { connect, type Socket } from 'node:net';
import { parseServerMessage, type ServerMessage } from '../../../shared/protocol/index.ts';
import { createFrame, opcodes, parseFrame, type RawFrame } from './raw-frame.ts';
import { upgradeRequest } from './raw-request.ts';

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

export interface RawPeerOptions {
  /** The whole request instead of a good one. */
  readonly request?: string;
  /** Header lines of a good request, beside its Host. */
  readonly lines?: readonly string[];
  /** Whether it closes its side when the other does, as TCP stacks of programs do. Default false: it is stubborn. */
  readonly polite?: boolean;
  /** From which address of loopback it comes. */
  readonly from?: string;
  /** Whether it answers pings. Default true. */
  readonly answersPings?: boolean;
}

/**
 * The other end of the stream, written by hand: it sends whatever bytes it is told to, says no word by itself but
 * the answer to a ping, never closes first, and keeps all that it was told.
 */
export class RawPeer {
  readonly socket: Socket;
  readonly frames: RawFrame[] = [];
  /** What came of the handshake. */
  head = '';
  /** Bytes after it that are no whole frame. */
  rest: Buffer = Buffer.alloc(0);
  /** Whether the other side has closed its direction, or all. */
  ended = false;
  readonly #options: RawPeerOptions;
  #waiting: (() => void)[] = [];

  constructor(port: number, options: RawPeerOptions = {}) {
    this.#options = options;
    const request = options.request ?? upgradeRequest([`Host: localhost:${port}`, ...(options.lines ?? [])]);
    this.socket = connect(
      {
        port,
        host: '127.0.0.1',
        localAddress: options.from ?? '127.0.0.1',
        allowHalfOpen: !options.polite,
        noDelay: true,
      },
      () => this.socket.write(request, 'latin1'),
    );
    this.socket.on('data', (chunk: Buffer) => this.#read(chunk));
    for (const event of ['end', 'close', 'error'] as const) this.socket.on(event, () => this.#end());
  }

  /** A peer that has been welcomed. */
  static async live(port: number, token: string, options: RawPeerOptions = {}): Promise<RawPeer> {
    const peer = new RawPeer(port, {
      ...options,
      lines: [...(options.lines ?? []), `Authorization: Bearer ${token}`],
    });
    await peer.handshake();
    peer.say({ type: 'hello', protocol: 1, client: { name: 'raw', version: '1' } });
    await peer.message('welcome');
    return peer;
  }

  /** The status of the handshake, waited for; 0 where there was no answer. */
  async handshake(): Promise<number> {
    await this.until(() => this.head !== '' || this.ended);
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.head)?.[1] ?? 0);
  }

  /** Sends bytes as they are. */
  write(...chunks: readonly Buffer[]): void {
    for (const chunk of chunks) if (this.socket.writable) this.socket.write(chunk);
  }

  /** Sends a message as one text frame. */
  say(message: unknown): void {
    this.write(createFrame({ opcode: opcodes.text, payload: JSON.stringify(message) }));
  }

  /** Text messages so far. Throws where one is none of ours. */
  get heard(): readonly ServerMessage[] {
    return this.frames
      .filter(({ opcode }) => opcode === opcodes.text)
      .map(({ payload }) => parseServerMessage(payload.toString()));
  }

  /** The code of the close frame that came; null where none came, 1005 where it had none. */
  get closeCode(): number | null {
    const frame = this.frames.find(({ opcode }) => opcode === opcodes.close);
    if (!frame) return null;
    return frame.payload.length < 2 ? 1005 : frame.payload.readUInt16BE(0);
  }

  /** The first message of a type that `wanted` takes, waited for. Throws where the connection ends before. */
  async message<Type extends ServerMessage['type']>(
    type: Type,
    wanted: (message: MessageOf<Type>) => boolean = () => true,
  ): Promise<MessageOf<Type>> {
    const find = (): MessageOf<Type> | undefined =>
      this.heard.find(
        (message): message is MessageOf<Type> => message.type === type && wanted(message as MessageOf<Type>),
      );
    await this.until(() => find() !== undefined || this.ended);
    const found = find();
    if (!found) throw new Error(`The connection ended before "${type}": ${this.closeCode}.`);
    return found;
  }

  /** Resolves once something holds, looked at whenever anything has come. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #read(chunk: Buffer): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    if (this.head === '') {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.head = this.rest.subarray(0, end + 4).toString('latin1');
      this.rest = this.rest.subarray(end + 4);
    }
    if (this.head.startsWith('HTTP/1.1 101')) this.#readFrames();
    this.#wake();
  }

  #readFrames(): void {
    for (let next = parseFrame(this.rest); next; next = parseFrame(this.rest)) {
      this.rest = next.rest;
      this.frames.push(next.frame);
      if (next.frame.opcode === opcodes.ping && this.#options.answersPings !== false)
        this.write(createFrame({ opcode: opcodes.pong, payload: next.frame.payload }));
    }
  }

  #end(): void {
    this.ended = true;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
