import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { deriveCapabilities } from '../../core/grant.ts';
import type { Monitor } from '../../core/monitor.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { processQuerySchema, type GrantScope, type ProcessQuery } from '../../shared/protocol/index.ts';
import { createErrorAnswer, type JsonAnswer } from './json-response.ts';
import { processListStatuses, type ProcessList } from './process-list.ts';

export interface ProcessRouteOptions {
  readonly monitor: Pick<Monitor, 'topics' | 'hasMethod'>;
  readonly processes: Pick<ProcessList, 'read'>;
}

/** Answers `GET /v1/processes` to who has that grant. */
export async function answerProcesses(
  { monitor, processes }: ProcessRouteOptions,
  request: IncomingMessage,
  grantScope: GrantScope,
): Promise<JsonAnswer> {
  if (!deriveCapabilities(grantScope, monitor).topics.includes('process')) {
    return monitor.topics.includes('process')
      ? createErrorAnswer(403, 'forbidden', 'This token does not see processes; it needs the scope view.')
      : createErrorAnswer(501, 'unsupported', 'This host does not read processes.');
  }
  const query = parseQuery(request.url ?? '');
  if (!query) {
    const message = 'The query may be sort=cpu, memory or name, and limit=1 to 10000.';
    return createErrorAnswer(400, 'invalidArgument', message);
  }
  try {
    return { status: 200, body: await processes.read(grantScope, query) };
  } catch (thrown) {
    const { code, message } = MonitorError.from(thrown);
    const status = processListStatuses[code];
    if (status === undefined) throw thrown;
    return createErrorAnswer(status, code, message, status === 503 ? { 'Retry-After': '5' } : {});
  }
}

function parseQuery(url: string): ProcessQuery | null {
  const [, text = ''] = url.split('?', 2);
  const pairs = [...new URLSearchParams(text)];
  const names = new Set(pairs.map(([name]) => name));
  // Twice the same: it is not said which counts.
  if (names.size !== pairs.length) return null;
  const parsed = v.safeParse(processQuerySchema, Object.fromEntries(pairs));
  return parsed.success ? parsed.output : null;
}
