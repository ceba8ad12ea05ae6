import * as v from 'valibot';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { httpErrorSchema, pairResponseSchema, type PairResponse } from '../shared/protocol/index.ts';

/**
 * Why a device was not let in: the code was wrong or has ended; the host's user said no, or nothing in time; too many
 * have tried; the host was not reached; whoever asked gave up; or something else.
 */
export type PairingFailure =
  'wrongCode' | 'refused' | 'unanswered' | 'tooMany' | 'unreachable' | 'cancelled' | 'other';

/** What became of an attempt to pair. `message` says what to do. */
export type PairingOutcome =
  | ({ readonly status: 'paired' } & Readonly<PairResponse>)
  | { readonly status: 'failed'; readonly reason: PairingFailure; readonly message: string };

/** Length of a code without its dash. */
const codeLength = 8;

/** What was typed, as codes are shown: upper-case letters and digits with a dash in the middle. */
export function formatPairingCode(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, codeLength);
  return plain.length > codeLength / 2
    ? `${plain.slice(0, codeLength / 2)}-${plain.slice(codeLength / 2)}`
    : plain;
}

/** Whether a code, as `formatPairingCode` gave it, has all its characters. */
export function isWholeCode(code: string): boolean {
  return code.length === codeLength + 1;
}

/** What is said to a host to be paired with it. */
export interface PairingAttempt {
  /** Where the host is, without a slash at the end; left out: where the page came from. */
  readonly origin?: string;
  readonly code: string;
  /** What the host shall call this device. */
  readonly name: string;
  /** Six digits that this device shows, so that the host's user can tell which device asks. */
  readonly key?: string | undefined;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal | undefined;
  readonly request?: typeof fetch;
}

/** Exchanges a code for a token of the host that served the page; see `requestPairing`. */
export function pair(code: string, name: string, request: typeof fetch = fetch): Promise<PairingOutcome> {
  return requestPairing({ code, name, request });
}

/**
 * Exchanges a code for a token. Answers once the host's user has decided, where that is needed. Never throws: what went
 * wrong is said in words.
 */
export async function requestPairing({
  origin = '',
  code,
  name,
  key,
  signal,
  request = fetch,
}: PairingAttempt): Promise<PairingOutcome> {
  let response: Response;
  let body: unknown;
  try {
    response = await request(`${origin}/v1/pair`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code, name, key }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      ...(signal && { signal }),
    });
    body = await response.json().catch(() => null);
  } catch (thrown) {
    if (signal?.aborted) return { status: 'failed', reason: 'cancelled', message: 'It was cancelled.' };
    if (thrown instanceof MonitorError) {
      return { status: 'failed', reason: 'unreachable', message: thrown.message };
    }
    return {
      status: 'failed',
      reason: 'unreachable',
      message: 'The host cannot be reached. Check that Pulsewire is running there and try again.',
    };
  }
  const paired = v.safeParse(pairResponseSchema, body);
  if (response.ok && paired.success) return { status: 'paired', ...paired.output };
  return {
    status: 'failed',
    reason: deriveFailure(response, body),
    message: describeFailure(response, body),
  };
}

function deriveFailure({ status }: Response, body: unknown): PairingFailure {
  if (status === 401) return 'wrongCode';
  if (status === 429) return 'tooMany';
  const told = v.safeParse(httpErrorSchema, body);
  if (told.success && told.output.code === 'timeout') return 'unanswered';
  return status === 403 ? 'refused' : 'other';
}

function describeFailure(response: Response, body: unknown): string {
  if (response.status === 429) {
    const seconds = Number(response.headers.get('Retry-After'));
    const wait = seconds > 0 ? `Wait ${Math.ceil(seconds)} s` : 'Wait a minute';
    return `Too many attempts. ${wait} and try again.`;
  }
  const told = v.safeParse(httpErrorSchema, body);
  if (told.success) return told.output.message;
  if (response.status === 401 || response.status === 403) {
    return 'That code is wrong or no longer valid. Codes are good for five minutes and for one device.';
  }
  return `The host answered with an error (${response.status}). Try again.`;
}
