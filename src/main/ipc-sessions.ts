import type { WebContents } from 'electron';
import type { CloseReason, Transport } from '../core/transport.ts';
import type { Frame } from '../shared/protocol/index.ts';
import type { View } from '../shared/protocol/ipc-channels.ts';
import { IpcTransport } from './ipc-transport.ts';

/** What a page's connections need of their surroundings. */
export interface IpcSessionsOptions {
  readonly sendFrame: (contentsId: number, frame: Frame) => void;
  readonly sendClose: (contentsId: number, reason: CloseReason) => void;
  /** Begins a session on a new transport; it is the session's from then on. */
  readonly accept: (transport: Transport, view: View, contentsId: number) => void;
}

/**
 * Which page has which connection: at most one each. It begins with a hello and ends with the document, with
 * the process behind it, with the page's own word, or with the next hello. A reload keeps the WebContents, and
 * so is told by the navigation alone.
 */
export class IpcSessions {
  readonly #options: IpcSessionsOptions;
  readonly #transports = new Map<number, IpcTransport>();
  #strayFrames = 0;

  constructor(options: IpcSessionsOptions) {
    this.#options = options;
  }

  /** Pages that have a connection. */
  get size(): number {
    return this.#transports.size;
  }

  /** Frames that came after the end of their connection, as an acknowledgement does that was on its way. */
  get strayFrames(): number {
    return this.#strayFrames;
  }

  /** Ends the page's connection with whatever ends the page. The listeners go with the WebContents. */
  attach(contents: WebContents): void {
    // Afterwards the object may be gone, so that it cannot be asked for its id.
    const { id } = contents;
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      // Told, since a navigation may still be stopped: a page that stays then connects anew.
      if (isMainFrame && !isSameDocument) this.#transports.get(id)?.close(reasons.navigated);
    });
    contents.on('render-process-gone', () => this.#transports.get(id)?.abandon(reasons.crashed));
    contents.once('destroyed', () => this.#transports.get(id)?.abandon(reasons.destroyed));
  }

  receive(contentsId: number, view: View, frame: string): void {
    if (isHello(frame)) this.#begin(contentsId, view);
    const transport = this.#transports.get(contentsId);
    if (transport) transport.receive(frame);
    else this.#strayFrames++;
  }

  /** The page has said that it leaves. */
  leave(contentsId: number): void {
    this.#transports.get(contentsId)?.abandon(reasons.left);
  }

  #begin(contentsId: number, view: View): void {
    // Without a word, which the page would take for one about the connection that it begins.
    this.#transports.get(contentsId)?.abandon(reasons.replaced);
    const transport = new IpcTransport({
      sendFrame: (frame) => this.#options.sendFrame(contentsId, frame),
      sendClose: (reason) => this.#options.sendClose(contentsId, reason),
    });
    this.#transports.set(contentsId, transport);
    void transport.closed.then(() => {
      if (this.#transports.get(contentsId) === transport) this.#transports.delete(contentsId);
    });
    this.#options.accept(transport, view, contentsId);
  }
}

const reasons = {
  navigated: { code: 'disconnected', message: 'The page was reloaded.' },
  crashed: { code: 'disconnected', message: 'The process of the page is gone.' },
  destroyed: { code: 'clientClosed', message: 'The window was closed.' },
  left: { code: 'clientClosed', message: 'The page left.' },
  replaced: { code: 'replaced', message: 'The page said hello again.' },
} as const satisfies Record<string, CloseReason>;

/** Only a hello begins a connection; whether it is a good one is for the session to judge. */
function isHello(frame: string): boolean {
  try {
    const message: unknown = JSON.parse(frame);
    return typeof message === 'object' && message !== null && 'type' in message && message.type === 'hello';
  } catch {
    return false;
  }
}
