import type { Encoding, Frame, ReasonCode } from '../shared/protocol/index.ts';

/** Why a connection ended, as it is shown to people and told to the other side. */
export interface CloseReason {
  readonly code: ReasonCode;
  readonly message: string;
}

/**
 * A frame that goes to many clients. A pipe that needs other bytes than the frame's own, such as a header before
 * them, makes them once and leaves them in `wire`, where the next pipe of its kind finds them; what they are is its
 * own affair.
 */
export interface SharedFrame {
  readonly frame: Frame;
  wire: object | null;
}

/**
 * One client's pipe, whatever carries it. Frames arrive whole and in order, or the transport is closed; after
 * `close` nothing more is sent or heard. Variants: MemoryTransport, IpcTransport, WebSocketTransport, all held
 * to `transport-contract.ts`.
 */
export interface Transport {
  readonly kind: 'memory' | 'ipc' | 'websocket';
  /** How messages are written on this pipe. */
  readonly encoding: Encoding;
  /** Between the last ping of the pipe and its answer; null where it has none or none came yet. */
  readonly roundTripMs: number | null;
  /** Whether the far side must acknowledge samples, because the pipe cannot tell how much it still holds. */
  readonly requiresAck: boolean;
  /** Whether the next shared frame takes a question along, which the far side answers at once. */
  readonly expectsAnswer: boolean;
  /** Bytes handed over and not yet taken by the operating system; 0 where the pipe cannot tell. */
  readonly queuedBytes: number;
  /** Hands a frame over. Does nothing once closed; never throws. */
  send(frame: Frame): void;
  /** The same for a frame that goes to many: what the pipe has to do to it is done once for all of them. */
  sendShared(shared: SharedFrame): void;
  /** From here to `uncork` the pipe may keep what it is given, to hand all of it over at once. Calls may nest. */
  cork(): void;
  uncork(): void;
  /** Hears every frame from now on. Returns the unsubscribe. */
  onMessage(listener: (frame: Frame) => void): () => void;
  /** Settles once, when either side has closed or the pipe has broken. Never rejects. */
  readonly closed: Promise<CloseReason>;
  /**
   * Closes gently, which may take as long as the far side likes: whoever closes also terminates, after the grace.
   * Idempotent: the first reason stands.
   */
  close(reason: CloseReason): void;
  /** Ends it now, without a word to the far side. Idempotent. */
  terminate(): void;
}
