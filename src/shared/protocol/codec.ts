import * as v from 'valibot';
import { MonitorError } from '../lifecycle/monitor-error.ts';
import { clientMessageSchema, type ClientMessage } from './client-messages.ts';
import { serverMessageSchema, type ServerMessage } from './server-messages.ts';

/**
 * One encoded message. Text today; the compact encoding's frames will be bytes. A frame is never changed once
 * it is made, so that one may be handed to any number of clients.
 */
export type Frame = string | Uint8Array<ArrayBuffer>;

/** Messages that arrive, parsed; what fails to parse throws MonitorError `invalidMessage`. */
export function parseClientMessage(frame: unknown): ClientMessage {
  return parse(clientMessageSchema, frame);
}

/** Likewise on the client's side. A type that this version does not know is an UnknownTypeError, which a client skips. */
export function parseServerMessage(frame: unknown): ServerMessage {
  return parse(serverMessageSchema, frame);
}

export function encodeMessage(message: ClientMessage | ServerMessage): string {
  return JSON.stringify(message);
}

function parse<Schema extends v.GenericSchema>(schema: Schema, frame: unknown): v.InferOutput<Schema> {
  if (typeof frame !== 'string') {
    throw new MonitorError('invalidMessage', 'The message is not text, as this encoding wants.');
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch (cause) {
    throw new MonitorError('invalidMessage', 'The message is not JSON.', { cause });
  }
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
