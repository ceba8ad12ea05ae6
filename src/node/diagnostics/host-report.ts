import type { RequestHandler } from '../../core/session-host.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import {
  diagnosticsReportParamsSchema,
  type DiagnosticsReport,
} from '../../shared/protocol/diagnostics-report.ts';
import { parseParams } from '../server/parse-params.ts';
import type { RecentLog } from '../server/recent-log.ts';
import { createReport, type ReportSources } from './create-report.ts';
import { describeLive, type LiveSources } from './describe-live.ts';

export interface HostReportSources extends Omit<LiveSources, 'log'>, Omit<ReportSources, 'wallMs' | 'live'> {
  readonly clock: Clock;
  readonly log: Pick<RecentLog, 'entries'>;
}

/** How a host reports on itself: to whoever owns it, and to a client that asks, which is left out of what it gets. */
export interface HostReport {
  readonly create: (full: boolean) => Promise<DiagnosticsReport>;
  readonly answer: RequestHandler;
}

/** Reads nothing until it is asked. */
export function createHostReport(sources: HostReportSources): HostReport {
  const { clock } = sources;
  const live = { ...sources, log: () => sources.log.entries() };
  const create = (full: boolean, askedBy: string | null): Promise<DiagnosticsReport> =>
    createReport(
      { ...sources, wallMs: () => clock.wall(), live: (wanted) => describeLive(live, wanted, askedBy) },
      full,
    );
  return {
    create: (full) => create(full, null),
    answer: (params, session) => {
      const { full = false } = parseParams(diagnosticsReportParamsSchema, params);
      return create(full, session.id);
    },
  };
}
