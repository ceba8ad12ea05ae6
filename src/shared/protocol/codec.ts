import * as v from 'valibot';
import { MonitorError } from '../lifecycle/monitor-error.ts';
import { CompactDecoder } from './compact/decoder.ts';
import { decodeValue, derivePlain, encodeValue } from './compact/message-pack.ts';
import { clientMessageSchema, type ClientMessage } from './client-messages.ts';
import { serverMessageSchema, type ServerMessage } from './server-messages.ts';
import type { Encoding } from './version.ts';

/**
 * One encoded message: text where the encoding is JSON, bytes where it is compact. A frame is never changed once it
 * is made, so that one may be handed to any number of clients.
 */
export type Frame = string | Uint8Array<ArrayBuffer>;

/** Messages that arrive, parsed; what fails to parse throws MonitorError `invalidMessage`. */
export function parseClientMessage(frame: unknown, encoding: Encoding = 'json'): ClientMessage {
  return parse(clientMessageSchema, encoding === 'json' ? parseText(frame) : decodeValue(parseBytes(frame)));
}

/** Likewise on the client's side. A type that this version does not know is an UnknownTypeError, which a client skips. */
export function parseServerMessage(frame: unknown): ServerMessage {
  return parse(serverMessageSchema, parseText(frame));
}

export function encodeMessage(message: ClientMessage | ServerMessage): string;
export function encodeMessage(message: ClientMessage | ServerMessage, encoding: Encoding): Frame;
export function encodeMessage(message: ClientMessage | ServerMessage, encoding: Encoding = 'json'): Frame {
  return encoding === 'json' ? JSON.stringify(message) : encodeValue(derivePlain(message));
}

/** The reading end of one connection to a host. */
export class ServerMessageReader {
  readonly #decoder: CompactDecoder | null;

  constructor(encoding: Encoding) {
    this.#decoder = encoding === 'compact' ? new CompactDecoder() : null;
  }

  /**
   * The message of a frame; null where the frame has none for the client. Throws as `parseServerMessage` does, and
   * UndecodableError where the frame does not continue what came before: the connection is of no more use then.
   */
  read(frame: unknown): ServerMessage | null {
    if (!this.#decoder) return parseServerMessage(frame);
    const value = this.#decoder.decode(parseBytes(frame));
    return value === null ? null : parse(serverMessageSchema, value);
  }
}

function parseText(frame: unknown): unknown {
  if (typeof frame !== 'string') {
    throw new MonitorError('invalidMessage', 'The message is not text, as this encoding wants.');
  }
  try {
    return JSON.parse(frame);
  } catch (cause) {
    throw new MonitorError('invalidMessage', 'The message is not JSON.', { cause });
  }
}

function parseBytes(frame: unknown): Uint8Array {
  if (frame instanceof Uint8Array) return frame;
  if (frame instanceof ArrayBuffer) return new Uint8Array(frame);
  throw new MonitorError('invalidMessage', 'The message is not binary, as this encoding wants.');
}

function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const type = (value as { type?: unknown } | null)?.type;
  const path = v.getDotPath(issue);
  if (typeof type === 'string' && (path === 'type' || path === null)) {
    const known = schema === (clientMessageSchema as unknown as Schema) ? clientTypes : serverTypes;
    if (!known.has(type)) {
      throw new UnknownTypeError(type.slice(0, 64));
    }
  }
  throw new MonitorError(
    'invalidMessage',
    `The message is malformed${path ? ` at "${path}"` : ''}: ${issue.message}`,
  );
}

const clientTypes: ReadonlySet<string> = new Set(
  clientMessageSchema.options.map((option) => option.entries.type.literal),
);
const serverTypes: ReadonlySet<string> = new Set(
  serverMessageSchema.options.map((option) => option.entries.type.literal),
);

/** A well-formed message of a type that nobody here knows: answered with an error, not with a close. */
export class UnknownTypeError extends MonitorError {
  constructor(type: string) {
    super('invalidMessage', `There is no message of type "${type}".`);
    this.name = 'UnknownTypeError';
  }
}
