import type { Clock } from '../shared/lifecycle/clock.ts';
import type { TaskManager } from '../shared/lifecycle/task-manager.ts';
import type { ScopeSnapshot } from '../shared/lifecycle/task-scope.ts';
import type { DiagnosticsRaw } from '../shared/series/raw/diagnostics.ts';
import type { ClientSession } from './client-session.ts';
import type { Collector } from './collector.ts';
import type { MetricsHub } from './metrics-hub.ts';
import type { Sampler } from './sampler.ts';

/** What diagnostics are read from. */
export interface DiagnosticsSources {
  readonly clock: Clock;
  readonly tasks: TaskManager;
  readonly hub: () => MetricsHub;
  readonly sampler: () => Sampler;
  readonly sessions: () => readonly ClientSession[];
  readonly closed: () => readonly ClosedSession[];
  readonly process: () => DiagnosticsRaw['process'];
}

/** A client that has gone: what the task manager proved, and what the session had done. */
export type ClosedSession = Omit<DiagnosticsRaw['closed'][number], 'sinceMs'> & { readonly closedMs: number };

/** Serves the host's own state as a topic like any other. */
export function createDiagnosticsCollector(sources: DiagnosticsSources): Collector<'diagnostics'> {
  return {
    id: 'diagnostics',
    minIntervalMs: 1_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => readDiagnostics(sources),
  };
}

/** The host's own state as it is now. */
export function readDiagnostics(sources: DiagnosticsSources): DiagnosticsRaw {
  const nowMs = sources.clock.monotonic();
  const sessions = sources.sessions();
  const sessionIds = new Set(sessions.map((session) => session.id));
  const sampler = sources.sampler();
  return {
    clients: sessions.map((session) => ({
      id: session.id,
      kind: session.kind,
      name: session.name,
      address: session.address,
      tokenId: session.grant?.tokenId ?? null,
      scope: session.grant?.scope ?? 'vitals',
      encoding: session.encoding,
      state: session.state,
      transitions: session.transitions.map(({ state, event, atMs }) => ({
        state,
        event,
        agoMs: nowMs - atMs,
      })),
      roundTripMs: session.roundTripMs,
      ageMs: nowMs - session.openedMs,
      subscriptions: session.subscriptionCount,
      queuedBytes: session.queuedBytes,
      unacknowledged: session.unacknowledged,
      sent: session.sent,
      sentBytes: session.sentBytes,
      dropped: session.dropped,
      coalesced: session.coalesced,
      ledger: session.ledger,
      tasks: flattenTasks(session.scope.snapshot(), nowMs),
      resources: session.scope.resourceCount,
      lastError: session.lastError,
    })),
    closed: sources.closed().map(({ closedMs, ...closed }) => ({ ...closed, sinceMs: nowMs - closedMs })),
    services: sources.tasks
      .live()
      .filter((scope) => !sessionIds.has(scope.name))
      .map((scope) => ({
        name: scope.name,
        ageMs: nowMs - scope.openedMs,
        tasks: flattenTasks(scope, nowMs),
      })),
    collectors: sampler.statuses().map(({ busyMs: _busyMs, slowestMs: _slowestMs, ...status }) => status),
    sampler: { seq: sampler.seq, demands: sampler.demands, encodes: sources.hub().encodes },
    process: sources.process(),
  };
}

function flattenTasks(scope: ScopeSnapshot, nowMs: number): DiagnosticsRaw['clients'][number]['tasks'] {
  const own = scope.tasks.map((task) => ({
    name: task.name,
    ageMs: nowMs - task.startedMs,
    sinceTickMs: nowMs - task.lastTickMs,
    ticks: task.ticks,
    errors: task.errors,
    lastError: task.lastError,
  }));
  return [...own, ...scope.children.flatMap((child) => flattenTasks(child, nowMs))];
}
