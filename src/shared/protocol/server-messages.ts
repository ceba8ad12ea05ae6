import * as v from 'valibot';
import { monitorErrorCodes } from '../lifecycle/monitor-error.ts';
import { topicSchemas, topics } from '../series/raw.ts';
import type { Sections } from '../series/sample.ts';

const number = v.pipe(v.number(), v.finite());
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const topic = v.picklist(topics);

function sectionSchema<Data extends v.GenericSchema>(data: Data) {
  return v.variant('status', [
    v.object({ status: v.literal('ok'), readMs: number, data }),
    v.object({ status: v.literal('unsupported'), message: v.string() }),
    v.object({ status: v.literal('needsPermission'), message: v.string(), remedy: v.string() }),
    v.object({ status: v.literal('late'), message: v.string() }),
    v.object({ status: v.literal('stale'), message: v.string() }),
    v.object({ status: v.literal('failed'), code: v.string(), message: v.string() }),
  ]);
}

const sectionEntries = Object.fromEntries(
  topics.map((name) => [name, v.optional(sectionSchema(topicSchemas[name]))]),
);
/** Sections by topic. What `topicSchemas` describes is what `Sections` types. */
export const sectionsSchema = v.object(sectionEntries) as unknown as v.GenericSchema<Sections>;

/** Codes that a close or a bye may carry, and an error beside its own. */
export const reasonCodeSchema = v.picklist([
  'unauthorized',
  'forbidden',
  'invalidMessage',
  'unknownType',
  'unknownMethod',
  'invalidState',
  'limitExceeded',
  'rateLimited',
  'slowConsumer',
  'greetingTimeout',
  'pingTimeout',
  'revoked',
  'replaced',
  'shutdown',
  'clientClosed',
  'disconnected',
  'protocolVersion',
  'internal',
]);
export type ReasonCode = v.InferOutput<typeof reasonCodeSchema>;

/** Codes of an error: why a message was refused, or how what a request asked for failed. */
export const errorCodeSchema = v.union([reasonCodeSchema, v.picklist(monitorErrorCodes)]);
export type ErrorCode = v.InferOutput<typeof errorCodeSchema>;

/** What the client may do and see, by which a viewer decides what it shows. */
export const capabilitiesSchema = v.object({
  topics: v.array(topic),
  methods: v.array(v.string()),
});
export type Capabilities = v.InferOutput<typeof capabilitiesSchema>;

/** The limits that a client can run into. */
export const toldLimitsSchema = v.object({
  maxSubscriptions: number,
  minIntervalMs: number,
  maxInboundBytes: number,
  messagesPerSecond: number,
  maxUnacknowledged: number,
});

export const welcomeSchema = v.object({
  type: v.literal('welcome'),
  protocol: number,
  sessionId: v.string(),
  host: v.object({
    /** New at each start of the host: a viewer that sees another one has lost what it had not received. */
    instanceId: v.string(),
    name: v.string(),
    version: v.string(),
    platform: v.string(),
  }),
  /** Said where the connection comes over the network. Not encrypted: others on the way can read it, and it is view-only. */
  transport: v.optional(v.object({ encrypted: v.boolean() })),
  capabilities: capabilitiesSchema,
  limits: toldLimitsSchema,
  topics: v.array(v.object({ topic, minIntervalMs: number })),
});

const sampleEntries = {
  id: v.string(),
  seq,
  wallMs: number,
  monotonicMs: number,
  discontinuity: v.optional(v.picklist(['slept', 'clockStepped', 'paused'])),
  sections: sectionsSchema,
};
/** The latest of every topic asked for; sent once, before the first sample. */
export const snapshotSchema = v.object({ type: v.literal('snapshot'), ...sampleEntries });
export const sampleSchema = v.object({ type: v.literal('sample'), ...sampleEntries });
/** Samples `fromSeq` to `toSeq`, both included, were not and will not be sent. */
export const gapSchema = v.object({
  type: v.literal('gap'),
  id: v.string(),
  fromSeq: seq,
  toSeq: seq,
  reason: v.picklist(['slowConsumer', 'expired', 'restarted']),
});
const doneSchema = v.object({ type: v.literal('done'), id: v.string() });
const resultSchema = v.object({ type: v.literal('result'), id: v.string(), value: v.unknown() });
const errorSchema = v.object({
  type: v.literal('error'),
  id: v.optional(v.string()),
  code: errorCodeSchema,
  message: v.string(),
  /** What to do about it, where that is known: of `needsPermission` always. */
  remedy: v.optional(v.string()),
  retryable: v.boolean(),
});
const pongSchema = v.object({ type: v.literal('pong'), t: number });
const byeSchema = v.object({ type: v.literal('bye'), code: reasonCodeSchema, reason: v.string() });

export const serverMessageSchema = v.variant('type', [
  welcomeSchema,
  snapshotSchema,
  sampleSchema,
  gapSchema,
  doneSchema,
  resultSchema,
  errorSchema,
  pongSchema,
  byeSchema,
]);
export type ServerMessage = v.InferOutput<typeof serverMessageSchema>;
export type Welcome = v.InferOutput<typeof welcomeSchema>;
export type SampleMessage = v.InferOutput<typeof sampleSchema>;
export type SnapshotMessage = v.InferOutput<typeof snapshotSchema>;
export type GapMessage = v.InferOutput<typeof gapSchema>;
