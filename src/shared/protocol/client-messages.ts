import * as v from 'valibot';
import { topics } from '../series/raw.ts';
import { protocolVersion } from './version.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(128));

/** The first message of every client. `token` may be left out where the Authorization header brought one. */
export const helloSchema = v.object({
  type: v.literal('hello'),
  protocol: v.literal(protocolVersion),
  token: v.optional(v.pipe(v.string(), v.maxLength(256))),
  client: v.object({ name: text, version: text }),
  resume: v.optional(v.object({ sessionId: id, seq })),
});
/**
 * Asks for a snapshot of the topics and then a sample every `intervalMs`. The id is the client's own. With `afterSeq`,
 * of a host that has not begun anew since, in place of the snapshot for what was published after it; null: for the
 * snapshot, whatever hello's `resume` says.
 */
export const subscribeSchema = v.object({
  type: v.literal('subscribe'),
  id,
  topics: v.pipe(v.array(v.picklist(topics)), v.minLength(1), v.maxLength(topics.length)),
  intervalMs: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  afterSeq: v.optional(v.nullable(seq)),
});
const unsubscribeSchema = v.object({ type: v.literal('unsubscribe'), id });
/** Says that everything up to `seq` was received. Optional on a WebSocket; once sent it must be kept up. */
const ackSchema = v.object({ type: v.literal('ack'), seq });
const requestSchema = v.object({
  type: v.literal('request'),
  id,
  method: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  params: v.optional(v.record(v.string(), v.unknown())),
});
const pingSchema = v.object({ type: v.literal('ping'), t: v.pipe(v.number(), v.finite()) });

export const clientMessageSchema = v.variant('type', [
  helloSchema,
  subscribeSchema,
  unsubscribeSchema,
  ackSchema,
  requestSchema,
  pingSchema,
]);
export type ClientMessage = v.InferOutput<typeof clientMessageSchema>;
export type Hello = v.InferOutput<typeof helloSchema>;
export type SubscribeMessage = v.InferOutput<typeof subscribeSchema>;
