import type { Encoding, Frame, ReasonCode } from '../shared/protocol/index.ts';

/** Why a connection ended, as far as this side knows. */
export interface TransportClose {
  readonly code: ReasonCode;
  readonly message: string;
}

/**
 * The client's end of one connection, whatever carries it. Frames arrive whole and in order; after the close
 * nothing more is sent or heard.
 */
export interface ClientTransport {
  /** How messages are written on it. */
  readonly encoding: Encoding;
  /** Hands a frame over. Does nothing once closed; never throws. */
  send(frame: Frame): void;
  /** Hears every frame from now on. Returns the unsubscribe. */
  onMessage(listener: (frame: unknown) => void): () => void;
  /** Settles once, when either side has closed. Never rejects. */
  readonly closed: Promise<TransportClose>;
  /** Ends it. Idempotent. */
  close(): void;
}

/**
 * Opens a connection. Resolves when frames can be sent; rejects with a MonitorError, and leaves nothing open,
 * when that fails or the signal aborts.
 */
export type Connect = (signal: AbortSignal) => Promise<ClientTransport>;
