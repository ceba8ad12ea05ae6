import * as v from 'valibot';
import { count, name } from './common.ts';

const taskSchema = v.object({
  name,
  ageMs: count,
  sinceTickMs: count,
  ticks: count,
  errors: count,
  lastError: v.nullable(v.string()),
});

/** Who is being served, by what, and the proof of what was left of those who went. */
export const diagnosticsRawSchema = v.object({
  clients: v.array(
    v.object({
      id: name,
      kind: v.picklist(['window', 'tray', 'socket', 'local']),
      name,
      address: v.nullable(name),
      scope: v.picklist(['view', 'control', 'local']),
      state: v.picklist(['greeting', 'live', 'draining', 'closed']),
      ageMs: count,
      subscriptions: count,
      queuedBytes: count,
      unacknowledged: count,
      sent: count,
      dropped: count,
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
      sent: count,
      dropped: count,
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
