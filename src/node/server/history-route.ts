import type { IncomingMessage } from 'node:http';
import { deriveCapabilities } from '../../core/grant.ts';
import type { Monitor } from '../../core/monitor.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { GrantScope } from '../../shared/protocol/index.ts';
import { createErrorAnswer, type JsonAnswer } from './json-response.ts';

const statuses = { invalidArgument: 400, forbidden: 403 } as const;

/** Answers `GET /v1/history?topics=cpu,memory&sinceMs=600000` with what `history.read` answers. */
export function answerHistory(
  monitor: Pick<Monitor, 'topics' | 'hasMethod' | 'history'>,
  request: IncomingMessage,
  grantScope: GrantScope,
): JsonAnswer {
  const query = new URL(request.url ?? '', 'http://host').searchParams;
  const sinceMs = query.get('sinceMs');
  const params = {
    topics: query.get('topics')?.split(','),
    ...(sinceMs !== null && { sinceMs: Number(sinceMs) }),
  };
  try {
    const { topics } = deriveCapabilities(grantScope, monitor);
    return { status: 200, body: monitor.history.answer(params, topics) };
  } catch (thrown) {
    const { code, message } = MonitorError.from(thrown);
    if (code !== 'invalidArgument' && code !== 'forbidden') throw thrown;
    const usage = 'The query is topics=cpu,memory and sinceMs=1000 to 3600000.';
    return createErrorAnswer(statuses[code], code, code === 'forbidden' ? message : usage);
  }
}
