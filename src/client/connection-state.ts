import type { ReasonCode } from '../shared/protocol/index.ts';

/** Why a connection ended or was never made. */
export interface LossReason {
  readonly code: ReasonCode;
  readonly message: string;
}

/**
 * Where a connection is. `attempt` counts the tries since it was last live. Stale is a connection that has not
 * broken but does not bring what it should.
 */
export type ConnectionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'handshaking'; readonly attempt: number }
  | { readonly phase: 'live' }
  | { readonly phase: 'stale' }
  | {
      readonly phase: 'backoff';
      readonly attempt: number;
      readonly delayMs: number;
      readonly reason: LossReason;
    }
  | { readonly phase: 'closed'; readonly reason: LossReason; readonly pairingNeeded: boolean };

export type ConnectionPhase = ConnectionState['phase'];

/** What can happen to a connection. `random` is from 0 to 1, so that the transition itself stays pure. */
export type ConnectionEvent =
  | { readonly type: 'started' }
  | { readonly type: 'opened' }
  | { readonly type: 'welcomed' }
  | { readonly type: 'sampleReceived' }
  /** No sample came for two intervals; in stale, for a while more. */
  | { readonly type: 'watchdogPassed' }
  /** Nothing at all came since a ping was sent, for longer than its answer may take. */
  | { readonly type: 'silent'; readonly random: number }
  /** Somebody looks again, or the network changed: what was waited for may be there now, or gone. */
  | { readonly type: 'checkAsked' }
  /** Connecting or greeting took too long. */
  | { readonly type: 'deadlinePassed'; readonly random: number }
  | { readonly type: 'lost'; readonly reason: LossReason; readonly random: number }
  | { readonly type: 'retryDue' }
  | { readonly type: 'closeAsked' };

/** What the driver must do. Each is done once, in order. */
export type ConnectionEffect =
  | { readonly type: 'open' }
  | { readonly type: 'greet' }
  | { readonly type: 'subscribe' }
  | { readonly type: 'armDeadline' }
  | { readonly type: 'disarmDeadline' }
  | { readonly type: 'armWatchdog' }
  | { readonly type: 'disarmWatchdog' }
  /** Ask the host for a sign of life; `silent` where none comes. */
  | { readonly type: 'ping' }
  | { readonly type: 'disarmPing' }
  | { readonly type: 'drop' }
  | { readonly type: 'armRetry'; readonly delayMs: number }
  | { readonly type: 'disarmRetry' };

/** Codes after which trying again cannot help. */
const finalCodes: ReadonlySet<ReasonCode> = new Set([
  'unauthorized',
  'revoked',
  'forbidden',
  'protocolVersion',
  'replaced',
]);
const pairingCodes: ReadonlySet<ReasonCode> = new Set(['unauthorized', 'revoked']);

/** Reasons for which a host that can be reached has sent this client away: it is left alone for longer. */
const refusals: ReadonlySet<ReasonCode> = new Set([
  'limitExceeded',
  'rateLimited',
  'slowConsumer',
  'internal',
  'invalidMessage',
]);

/**
 * A host that cannot be reached is tried again after 2 s at most, so that a viewer is back within 3 s of the link,
 * whatever the time it was down. Up to three quarters of a wait are taken off at random: viewers that lost a host
 * together do not come back together.
 */
export const backoffLimits = {
  minMs: 125,
  maxMs: 2_000,
  refusedMinMs: 1_000,
  refusedMaxMs: 15_000,
} as const;

/** How long to wait after failure number `attempt` (from 0): doubling, less what is taken off by `random`. */
export function backoffDelayMs(attempt: number, random: number, isRefused = false): number {
  const { minMs, maxMs, refusedMinMs, refusedMaxMs } = backoffLimits;
  const [leastMs, mostMs] = isRefused ? [refusedMinMs, refusedMaxMs] : [minMs, maxMs];
  const ceilingMs = Math.min(mostMs, 4 * leastMs * 2 ** Math.min(attempt, 16));
  return Math.round(ceilingMs * (0.25 + 0.75 * random));
}

export const initialConnectionState: ConnectionState = { phase: 'idle' };

type Step = readonly [ConnectionState, readonly ConnectionEffect[]];

/**
 * The whole life of a connection: idle → connecting → handshaking → live ⇄ stale → backoff → connecting …, and
 * closed from anywhere, from where nothing leads but a new manager. An event that a state does not expect
 * (one that was under way when the state changed) changes nothing.
 */
export function transition(state: ConnectionState, event: ConnectionEvent): Step {
  if (state.phase === 'closed') return [state, []];
  switch (event.type) {
    case 'started':
      if (state.phase !== 'idle') return [state, []];
      return [{ phase: 'connecting', attempt: 0 }, [{ type: 'open' }, { type: 'armDeadline' }]];
    case 'opened':
      if (state.phase !== 'connecting') return [state, []];
      return [{ phase: 'handshaking', attempt: state.attempt }, [{ type: 'greet' }, { type: 'armDeadline' }]];
    case 'welcomed':
      if (state.phase !== 'handshaking') return [state, []];
      return [
        { phase: 'live' },
        [{ type: 'disarmDeadline' }, { type: 'subscribe' }, { type: 'armWatchdog' }],
      ];
    case 'sampleReceived':
      if (state.phase === 'live') return [state, [{ type: 'armWatchdog' }]];
      if (state.phase === 'stale') return [{ phase: 'live' }, [{ type: 'armWatchdog' }]];
      return [state, []];
    case 'watchdogPassed':
      // The host may be slow or the link dead: it is asked, and asked again for as long as it answers.
      if (state.phase !== 'live' && state.phase !== 'stale') return [state, []];
      return [
        state.phase === 'stale' ? state : { phase: 'stale' },
        [{ type: 'ping' }, { type: 'armWatchdog' }],
      ];
    case 'silent':
      // Whatever the pipe says of itself, it is taken for dead. What it still held is asked for anew by `resume`.
      if (state.phase !== 'live' && state.phase !== 'stale') return [state, []];
      return lose(state, silent, event.random);
    case 'checkAsked':
      if (state.phase === 'live' || state.phase === 'stale') return [state, [{ type: 'ping' }]];
      return transition(state, { type: 'retryDue' });
    case 'deadlinePassed':
      if (state.phase !== 'connecting' && state.phase !== 'handshaking') return [state, []];
      return lose(state, unanswered, event.random);
    case 'lost':
      if (state.phase === 'idle' || state.phase === 'backoff') return [state, []];
      return lose(state, event.reason, event.random);
    case 'retryDue':
      if (state.phase !== 'backoff') return [state, []];
      return [
        { phase: 'connecting', attempt: state.attempt },
        [{ type: 'disarmRetry' }, { type: 'open' }, { type: 'armDeadline' }],
      ];
    case 'closeAsked':
      return [{ phase: 'closed', reason: asked, pairingNeeded: false }, releaseAll];
  }
}

const silent: LossReason = { code: 'disconnected', message: 'The host sends nothing any more.' };
const unanswered: LossReason = { code: 'disconnected', message: 'The host does not answer.' };
const asked: LossReason = { code: 'clientClosed', message: 'The page closed the connection.' };

const releaseAll: readonly ConnectionEffect[] = [
  { type: 'disarmDeadline' },
  { type: 'disarmWatchdog' },
  { type: 'disarmPing' },
  { type: 'disarmRetry' },
  { type: 'drop' },
];

function lose(state: ConnectionState, reason: LossReason, random: number): Step {
  if (finalCodes.has(reason.code)) {
    return [{ phase: 'closed', reason, pairingNeeded: pairingCodes.has(reason.code) }, releaseAll];
  }
  const attempt = ('attempt' in state ? state.attempt : 0) + 1;
  // Who ran into a deadline has waited already.
  const failures = reason === unanswered ? 0 : attempt - 1;
  const delayMs = backoffDelayMs(failures, random, refusals.has(reason.code));
  return [{ phase: 'backoff', attempt, delayMs, reason }, [...releaseAll, { type: 'armRetry', delayMs }]];
}
