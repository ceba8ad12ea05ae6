import * as v from 'valibot';
import { topics } from '../series/raw.ts';

/** Parameters of the request method `history.read`; of what the client may subscribe to. */
export const historyParamsSchema = v.object({
  topics: v.pipe(v.array(v.picklist(topics)), v.minLength(1), v.maxLength(topics.length)),
  /** How far back, in milliseconds; what is held, at most an hour, where it is left out. */
  sinceMs: v.optional(v.pipe(v.number(), v.minValue(1_000), v.maxValue(3_600_000))),
});

const rowSchema = v.nullable(v.number());

/** One series. Of its older part a slice of time leaves two rows, the least and the greatest of each column. */
export const historySeriesSchema = v.object({
  /** `kind`, or `kind/name` for one of many: `cpu`, `core/3`, `network/eth0`; `network` and `disk` are the sums. */
  key: v.string(),
  /** Names of the columns, in the order of `values`. Shares are of 1, amounts in bytes or bytes a second. */
  columns: v.array(v.string()),
  /** How long before `monotonicMs` each row was read, falling. */
  agoMs: v.array(v.number()),
  /** A list a column, as long as `agoMs`; null is a gap. */
  values: v.array(v.array(rowSchema)),
});

/** Result of `history.read`: what the host has kept of these topics while somebody had them read. */
export const historySchema = v.object({
  /** The host's monotonic time of the newest reading, as in samples; null where nothing was read yet. */
  monotonicMs: v.nullable(v.number()),
  series: v.array(historySeriesSchema),
  /** Spans of which nothing is known: the machine slept, the host was stopped, or nobody had it read. */
  unseen: v.array(
    v.object({
      fromAgoMs: v.number(),
      toAgoMs: v.number(),
      reason: v.picklist(['slept', 'paused', 'unwatched']),
    }),
  ),
});
export type History = v.InferOutput<typeof historySchema>;
export type HistorySeries = v.InferOutput<typeof historySeriesSchema>;
