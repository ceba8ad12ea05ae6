import * as v from 'valibot';
import { grantScopeSchema } from './scope.ts';
import { capabilitiesSchema, toldLimitsSchema } from './server-messages.ts';
import { subprotocols, type Encoding } from './version.ts';

const number = v.pipe(v.number(), v.finite());
const encodings = Object.keys(subprotocols) as Encoding[];

/** Answer of `GET /v1/info`: the host, and what the token is good for. */
export const infoSchema = v.object({
  name: v.string(),
  version: v.string(),
  platform: v.string(),
  /** New at each start of the host. */
  instanceId: v.string(),
  /** What the stream may be subscribed to; the same as `capabilities.topics`. */
  topics: capabilitiesSchema.entries.topics,
  protocol: number,
  /** What the stream can be encoded in; `json` is the subprotocol `pulsewire.v1.json`, `compact` is `pulsewire.v1.bin`. */
  encodings: v.array(v.picklist(encodings)),
  capabilities: capabilitiesSchema,
  limits: toldLimitsSchema,
  /** What the token allows here. */
  scope: grantScopeSchema,
  /** When it ends if it is not used until then; ISO 8601. */
  expiresAt: v.string(),
});
export type Info = v.InferOutput<typeof infoSchema>;

/**
 * By what `GET /v1/processes` sorts: `cpu` and `memory` the largest first, `name` by its letters.
 * @public the description of the HTTP interface is generated from it.
 */
export const processSorts = ['cpu', 'memory', 'name'] as const;

/** Query of `GET /v1/processes`. */
export const processQuerySchema = v.strictObject({
  sort: v.optional(v.picklist(processSorts), 'cpu'),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/),
      v.transform(Number),
      v.number(),
      v.minValue(1),
      v.maxValue(10_000),
    ),
    '100',
  ),
});
export type ProcessQuery = v.InferOutput<typeof processQuerySchema>;

const rate = v.nullable(number);

/** One process in the answer of `GET /v1/processes`. */
export const listedProcessSchema = v.object({
  pid: number,
  /** Ticks after the machine's start: with the pid it names one process for certain. */
  startTicks: number,
  parentPid: number,
  name: v.string(),
  /** The start of its command line, for tokens of scope `arguments` or more alone. */
  command: v.optional(v.string()),
  user: v.string(),
  /** The application, service or container that it belongs to. */
  group: v.string(),
  /** One letter of proc_pid_stat(5). */
  state: v.string(),
  threads: rate,
  nice: number,
  /**
   * Time on a core by the time between two readings of this process: 1 is one core. Null where there are no two: it is
   * new, or has long been idle and was not read anew.
   */
  cpuShare: rate,
  residentBytes: number,
  /** Null also where only root may see it. */
  readBytesPerSecond: rate,
  writtenBytesPerSecond: rate,
  /** How old its figures are. */
  ageMs: number,
});
export type ListedProcess = v.InferOutput<typeof listedProcessSchema>;

/** Answer of `GET /v1/processes`. */
export const processListSchema = v.object({
  /** When the later of the two readings was made, since 1970 UTC. */
  wallMs: number,
  /** The time between the two readings, over which shares and rates are. */
  intervalMs: number,
  /** How many processes there are; `processes` has `limit` of them at most. */
  total: number,
  processes: v.array(listedProcessSchema),
});
export type ProcessListAnswer = v.InferOutput<typeof processListSchema>;
