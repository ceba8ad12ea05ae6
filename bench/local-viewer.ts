import WebSocket from 'ws';
import { encodeMessage, parseServerMessage, type ServerMessage } from '../src/shared/protocol/index.ts';
import type { Topic } from '../src/shared/series/raw.ts';

/** One subscriber over a loopback WebSocket, with a real session at the other end. */
export class LocalViewer {
  readonly #socket: WebSocket;
  /** What the host offers. */
  readonly topics: readonly Topic[];
  /** Samples so far, their bytes, and how the sections of the last of each topic were. */
  samples = 0;
  bytes = 0;
  readonly statuses = new Map<string, string>();

  private constructor(socket: WebSocket, topics: readonly Topic[]) {
    this.#socket = socket;
    this.topics = topics;
    socket.on('message', (data: Buffer) => this.#hear(data));
  }

  static async open({ port, token }: { port: number; token: string }): Promise<LocalViewer> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, 'pulsewire.v1.json', {
      headers: { authorization: `Bearer ${token}` },
    });
    const welcome = await new Promise<ServerMessage>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () =>
        socket.send(encodeMessage({ type: 'hello', protocol: 1, client: { name: 'bench', version: '1' } })),
      );
      socket.once('message', (data: Buffer) => resolve(parseServerMessage(data.toString())));
    });
    if (welcome.type !== 'welcome') throw new Error(`The host did not welcome the viewer: ${welcome.type}.`);
    return new LocalViewer(socket, welcome.capabilities.topics);
  }

  watch(topics: readonly Topic[], intervalMs: number): void {
    this.#socket.send(encodeMessage({ type: 'subscribe', id: 'main', topics: [...topics], intervalMs }));
  }

  rest(): void {
    this.#socket.send(encodeMessage({ type: 'unsubscribe', id: 'main' }));
  }

  close(): void {
    this.#socket.close();
  }

  #hear(data: Buffer): void {
    const message = parseServerMessage(data.toString());
    if (message.type === 'bye' || message.type === 'error') throw new Error(JSON.stringify(message));
    if (message.type !== 'sample' && message.type !== 'snapshot') return;
    this.samples++;
    this.bytes += data.length;
    for (const [topic, section] of Object.entries(message.sections)) {
      this.statuses.set(topic, section.status);
    }
  }
}
