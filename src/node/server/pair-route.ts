import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import * as v from 'valibot';
import {
  pairRequestSchema,
  type Limits,
  type PairResponse,
  type TokenScope,
} from '../../shared/protocol/index.ts';
import type { AuthLimiter } from './auth-limiter.ts';
import { createErrorAnswer, type JsonAnswer } from './json-response.ts';
import type { Pairing, PairingOutcome } from './pairing.ts';
import { readBody } from './read-body.ts';
import type { TokenStore } from './token-store.ts';
import { createTooManyAnswer } from './upgrade.ts';

export interface PairRouteOptions {
  readonly limiter: AuthLimiter;
  readonly limits: Pick<Limits, 'maxInboundBytes'>;
  readonly pairing: Pairing;
  readonly tokens: Pick<TokenStore, 'expiryMs'>;
}

/** Answers `POST /v1/pair`, once the host's user has decided where there is one to ask; with no more than `most`. */
export async function answerPair(
  options: PairRouteOptions,
  request: IncomingMessage,
  address: string,
  most: TokenScope,
): Promise<JsonAnswer> {
  const { limiter, limits, pairing, tokens } = options;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return createErrorAnswer(415, 'invalidMessage', 'The body must be application/json.', {
      Connection: 'close',
    });
  }
  const verdict = limiter.check(address);
  if (!verdict.allowed) return createTooManyAnswer(verdict.retryAfterMs);
  const body = await readBody(request, limits.maxInboundBytes);
  if (body.status !== 'ok') {
    return createErrorAnswer(413, 'limitExceeded', 'The body is too big.', { Connection: 'close' });
  }
  const wanted = v.safeParse(pairRequestSchema, parseJson(body.text));
  if (!wanted.success) {
    return createErrorAnswer(
      400,
      'invalidMessage',
      'The body must be {"code": "XXXX-XXXX", "name": "this device", "key": "six digits, or left out"}.',
    );
  }
  // Asked again: others may have failed while this body was on its way.
  const again = limiter.check(address);
  if (!again.allowed) return createTooManyAnswer(again.retryAfterMs);
  const { code, name, key = null } = wanted.output;
  const outcome = await whileThere(request.socket, (left) =>
    pairing.redeem(code, { name, address, key, most }, left),
  );
  if (outcome.status === 'wrong' || outcome.status === 'noCode') limiter.noteFailure(address);
  if (outcome.status !== 'paired') return createPairRefusal(outcome.status);
  limiter.noteSuccess(address);
  const { token, record } = outcome.issued;
  const expiresAt = new Date(tokens.expiryMs(record)).toISOString();
  return { status: 200, body: { token, scope: record.scope, expiresAt } satisfies PairResponse };
}

/** Does something for whoever is at the other end, who may go away before it is done. */
async function whileThere<Value>(
  socket: Socket,
  perform: (left: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  socket.once('close', onClose);
  if (socket.destroyed) gone.abort();
  try {
    return await perform(gone.signal);
  } finally {
    socket.off('close', onClose);
  }
}

function createPairRefusal(status: Exclude<PairingOutcome['status'], 'paired'>): JsonAnswer {
  switch (status) {
    case 'wrong':
    case 'noCode':
      return createErrorAnswer(
        401,
        'unauthorized',
        'The code is wrong, used or expired. Ask the host for the current one.',
      );
    case 'refused':
      return createErrorAnswer(403, 'forbidden', 'The host’s user refused this device.');
    case 'expired':
    case 'left':
      // Not 408, at which browsers send the same request once more by themselves.
      return createErrorAnswer(
        403,
        'timeout',
        'Nobody at the host confirmed this device in time. Ask for a new code.',
      );
    case 'busy':
      return createErrorAnswer(
        503,
        'limitExceeded',
        'Other devices wait to be confirmed at the host. Try again once they are.',
        { 'Retry-After': '5' },
      );
    case 'failed':
      return createErrorAnswer(500, 'io', 'The host could not keep this device; its log says why.');
    case 'closed':
      return createErrorAnswer(503, 'unavailable', 'The host is shutting down.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not what the schema wants either.
    return undefined;
  }
}
