import {
  encodeMessage,
  ServerMessageReader,
  type ClientMessage,
  type Encoding,
  type Frame,
  type ServerMessage,
} from '../../shared/protocol/index.ts';
import type { ClientSession } from '../client-session.ts';
import { MemoryTransport } from '../memory-transport.ts';
import type { Monitor } from '../monitor.ts';
import type { AcceptOptions } from '../session-host.ts';

/** A client of a monitor in the same process, that keeps what it was told. */
export class MemoryClient {
  readonly far: MemoryTransport;
  readonly session: ClientSession;
  readonly heard: ServerMessage[] = [];
  readonly frames: Frame[] = [];

  constructor(monitor: Monitor, options: Partial<AcceptOptions> = {}, encoding: Encoding = 'json') {
    const [transport, far] = MemoryTransport.pair(encoding);
    const reader = new ServerMessageReader(encoding);
    this.far = far;
    far.onMessage((frame) => {
      this.frames.push(frame);
      const message = reader.read(frame);
      if (message) this.heard.push(message);
    });
    this.session = monitor.accept(transport, {
      kind: 'local',
      grant: { scope: 'local', tokenId: null, name: null },
      ...options,
    });
  }

  send(message: ClientMessage): void {
    this.far.send(encodeMessage(message, this.far.encoding));
  }

  sendRaw(frame: Frame): void {
    this.far.send(frame);
  }

  hello(more: Partial<Extract<ClientMessage, { type: 'hello' }>> = {}): void {
    this.send({ type: 'hello', protocol: 1, client: { name: 'test', version: '1' }, ...more });
  }

  subscribe(
    topics: Extract<ClientMessage, { type: 'subscribe' }>['topics'],
    intervalMs = 1_000,
    id = 'main',
  ): void {
    this.send({ type: 'subscribe', id, topics, intervalMs });
  }

  of<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { type: Type }>[] {
    return this.heard.filter(
      (message): message is Extract<ServerMessage, { type: Type }> => message.type === type,
    );
  }
}
