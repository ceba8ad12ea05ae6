import * as v from 'valibot';
import { count, name } from './common.ts';

/** What the user allows the monitor to cost. Null is no limit. */
export const budgetSchema = v.object({
  /** Share of one core, 0.01 being 1 %. */
  cpuShare: v.nullable(count),
  memoryBytes: v.nullable(count),
  forksPerSecond: v.nullable(count),
});
export type Budget = v.InferOutput<typeof budgetSchema>;

/** The monitor's own cost, as a subject like any other. Counters since it started. */
export const costRawSchema = v.object({
  /** Every process of the monitor: the host itself, its helper, and in the desktop app its windows. */
  processes: v.array(
    v.object({
      pid: count,
      /** `host`, `helper`, `window`, `gpu`, `utility` … */
      role: name,
      name,
      cpuMs: v.nullable(count),
      residentBytes: v.nullable(count),
    }),
  ),
  /** Processor time of all together, those that have ended counted in. */
  cpuMs: count,
  /** Programs that were started. */
  forks: count,
  /** What was written to disk. */
  writtenBytes: v.nullable(count),
  /** What was sent to clients, before the framing of the transport; text counts by its characters. */
  sentBytes: count,
  encodes: count,
  /** How late the event loop ran, over the time since the last reading; null in the first. Looked at four times a second. */
  eventLoop: v.nullable(v.object({ delayMsP50: count, delayMsP99: count, delayMsMax: count })),
  heapUsedBytes: v.nullable(count),
  collectors: v.array(
    v.object({
      id: name,
      reads: count,
      /** Time on the host's own thread, of all reads together and of the slowest. */
      busyMs: count,
      slowestMs: count,
      /** What is asked for, and what the governor lets it have; null while nobody asks. */
      wantedIntervalMs: v.nullable(count),
      intervalMs: v.nullable(count),
    }),
  ),
  clients: v.array(
    v.object({ id: name, kind: name, name, sentBytes: count, sentFrames: count, dropped: count }),
  ),
  governor: v.object({
    budget: budgetSchema,
    onBattery: v.boolean(),
    /** 0: nothing is held back; each step holds back more, the least valuable first. */
    level: count,
    /** What was over its budget at the governor's last reading. The budget is for host and helper, not for windows. */
    over: v.array(v.picklist(['cpu', 'memory', 'forks'])),
    slowedTopics: v.array(name),
  }),
});
export type CostRaw = v.InferOutput<typeof costRawSchema>;
