import { performance } from 'node:perf_hooks';
import type { Monitor } from '../../core/monitor.ts';
import type { OwnUse } from '../../core/own-use.ts';
import type { LiveReport } from '../../shared/protocol/diagnostics-report.ts';
import type { DiagnosticsRaw } from '../../shared/series/raw/diagnostics.ts';
import type { LogEntry } from '../server/recent-log.ts';
import { maskProse, maskSecrets } from './plain-prose.ts';

export interface LiveSources {
  readonly monitor: Pick<Monitor, 'diagnostics' | 'governor' | 'sampler' | 'instanceId'>;
  readonly ownUse: Pick<OwnUse, 'all'>;
  readonly sharing: () => { readonly state: string; readonly plainHttp: boolean };
  readonly log: () => readonly LogEntry[];
  readonly hostName: string;
}

type Task = DiagnosticsRaw['clients'][number]['tasks'][number];

const mostClients = 100;

/**
 * What a host that runs knows of itself. Each field is named here: what a source has beside is not told. `askedBy` is the
 * client that asks, which is there for that alone and is left out.
 */
export function describeLive(sources: LiveSources, full: boolean, askedBy: string | null): LiveReport {
  const { monitor, sharing, log, hostName } = sources;
  const prose = full ? maskSecrets : maskProse;
  const read = monitor.diagnostics();
  const task = ({ name, ageMs, sinceTickMs, ticks, errors, lastError }: Task): Task => ({
    name: prose(name),
    ageMs,
    sinceTickMs,
    ticks,
    errors,
    lastError: lastError === null ? null : prose(lastError),
  });
  const scopeName = (id: string): string => `client ${id.slice(id.lastIndexOf('.') + 1)}`;
  const clients = read.clients.filter(({ id }) => id !== askedBy);
  const { state, plainHttp } = sharing();
  return {
    ...(full && { hostName: prose(hostName) }),
    pid: read.process.pid,
    uptimeMs: read.process.uptimeMs,
    sharing: { state, plainHttp },
    clientCount: clients.length,
    clients: clients.slice(0, mostClients).map((client) => ({
      scopeName: scopeName(client.id),
      kind: client.kind,
      ...(full && { name: prose(client.name), address: client.address, tokenId: client.tokenId }),
      grant: client.scope,
      isPaired: client.tokenId !== null,
      encoding: client.encoding,
      state: client.state,
      transitions: client.transitions,
      roundTripMs: client.roundTripMs,
      ageMs: client.ageMs,
      subscriptions: client.subscriptions,
      queuedBytes: client.queuedBytes,
      unacknowledged: client.unacknowledged,
      sent: client.sent,
      sentBytes: client.sentBytes,
      dropped: client.dropped,
      coalesced: client.coalesced,
      ledger: client.ledger,
      tasks: client.tasks.map(task),
      lastError: client.lastError === null ? null : prose(client.lastError),
    })),
    closed: read.closed.map((closed) => ({
      scopeName: scopeName(closed.id),
      kind: closed.kind,
      ...(full && { name: prose(closed.name) }),
      reason: prose(closed.reason),
      closedMsAgo: closed.sinceMs,
      livedMs: closed.livedMs,
      tasksLeft: closed.tasksLeft,
      notStopped: closed.notStopped.map(prose),
      ledger: closed.ledger,
      sent: closed.sent,
      dropped: closed.dropped,
      coalesced: closed.coalesced,
    })),
    services: read.services.map(({ name, ageMs, tasks }) => ({
      name: prose(name),
      ageMs,
      tasks: tasks.map(task),
    })),
    collectors: monitor.sampler.statuses().map((status) => ({
      subject: status.id,
      state: status.state,
      intervalMs: status.intervalMs,
      wantedIntervalMs: status.wantedIntervalMs,
      reads: status.reads,
      failures: status.failures,
      lastReadMs: status.lastReadMs,
      busyMs: status.busyMs,
      slowestMs: status.slowestMs,
      lastError: status.message === null ? null : prose(status.message),
    })),
    sampler: read.sampler,
    cost: describeCost(sources, read),
    log: log().map(({ wallMs, level, message }) => ({
      time: new Date(wallMs).toISOString(),
      level,
      message: prose(message),
    })),
  };
}

function describeCost({ ownUse, monitor }: LiveSources, read: DiagnosticsRaw): LiveReport['cost'] {
  const { cpuMs, forks, writtenBytes, heapUsedBytes, processes } = ownUse.all();
  const governor = monitor.governor();
  return {
    cpuMs,
    residentBytes: read.process.residentBytes,
    heapUsedBytes,
    forks,
    writtenBytes,
    eventLoopShare: performance.eventLoopUtilization().utilization,
    processes: processes.map(({ role, cpuMs: ownMs, residentBytes }) => ({
      role,
      cpuMs: ownMs,
      residentBytes,
    })),
    activeResources: read.process.activeResources,
    governor: governor && {
      ...governor.budget,
      onBattery: governor.onBattery,
      level: governor.level,
      over: governor.over,
      slowedTopics: governor.slowedTopics,
    },
  };
}
