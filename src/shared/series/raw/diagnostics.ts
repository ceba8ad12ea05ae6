import * as v from 'valibot';
import { grantScopeSchema } from '../../protocol/scope.ts';
import { count, name } from './common.ts';

const taskSchema = v.object({
  name,
  ageMs: count,
  sinceTickMs: count,
  ticks: count,
  errors: count,
  lastError: v.nullable(v.string()),
});

const sessionStateSchema = v.picklist(['greeting', 'live', 'draining', 'closed']);

/** What a client holds of the host. At its end each must be zero. */
const ledgerSchema = v.object({
  timers: count,
  subscriptions: count,
  /** Bytes that wait to be sent to it. */
  bufferedBytes: count,
  /** Requests of its that are being answered. */
  requests: count,
});
export type Ledger = v.InferOutput<typeof ledgerSchema>;

/** Who is being served, by what, and the proof of what was left of those who went. */
export const diagnosticsRawSchema = v.object({
  clients: v.array(
    v.object({
      id: name,
      kind: v.picklist(['window', 'tray', 'socket', 'local']),
      name,
      address: v.nullable(name),
      /** The token that it was let in with; null where it has none. */
      tokenId: v.nullable(name),
      scope: grantScopeSchema,
      encoding: v.picklist(['json', 'compact']),
      state: sessionStateSchema,
      /** How it came to be in that state, oldest first; the newest ten. */
      transitions: v.array(v.object({ state: sessionStateSchema, event: name, agoMs: count })),
      /** Between the last ping and its answer; null before the first. */
      roundTripMs: v.nullable(count),
      ageMs: count,
      subscriptions: count,
      queuedBytes: count,
      unacknowledged: count,
      sent: count,
      sentBytes: count,
      /** Samples that newer ones replaced before they could be sent. */
      dropped: count,
      /** Snapshots that were sent in place of them. */
      coalesced: count,
      ledger: ledgerSchema,
      tasks: v.array(taskSchema),
      resources: count,
      lastError: v.nullable(v.string()),
    }),
  ),
  closed: v.array(
    v.object({
      id: name,
      kind: name,
      name,
      reason: v.string(),
      sinceMs: count,
      livedMs: count,
      tasksLeft: count,
      notStopped: v.array(v.string()),
      /** What it still held at its end: all zero, or a defect. */
      ledger: ledgerSchema,
      sent: count,
      dropped: count,
      coalesced: count,
    }),
  ),
  services: v.array(v.object({ name, ageMs: count, tasks: v.array(taskSchema) })),
  collectors: v.array(
    v.object({
      id: name,
      state: v.picklist(['idle', 'active', 'unsupported', 'needsPermission', 'late', 'stale', 'failed']),
      /** How often it is read, and how often it would be if the governor let it; null while nobody wants it. */
      intervalMs: v.nullable(count),
      wantedIntervalMs: v.nullable(count),
      lastReadMs: v.nullable(count),
      reads: count,
      failures: count,
      message: v.nullable(v.string()),
    }),
  ),
  sampler: v.object({ seq: count, demands: count, encodes: count }),
  process: v.object({
    pid: count,
    residentBytes: v.nullable(count),
    cpuMs: v.nullable(count),
    uptimeMs: count,
    activeResources: v.record(v.string(), count),
  }),
});
export type DiagnosticsRaw = v.InferOutput<typeof diagnosticsRawSchema>;
