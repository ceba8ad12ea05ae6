import type { ReasonCode } from '../shared/protocol/index.ts';
import type { CloseReason } from './transport.ts';

/**
 * Where a client is on the host's side. `checking`: its hello has come and its token is being looked up. Draining
 * is being shown out: told why, and given the grace to close by itself.
 */
export type SessionState =
  | { readonly phase: 'greeting'; readonly checking: boolean }
  | { readonly phase: 'live' }
  | { readonly phase: 'draining'; readonly reason: CloseReason }
  | { readonly phase: 'closed'; readonly reason: CloseReason };

export type SessionPhase = SessionState['phase'];

/** What can happen to a client. */
export type SessionEvent =
  | { readonly type: 'helloReceived' }
  /** Any other message; `name` is its type. */
  | { readonly type: 'messageReceived'; readonly name: string }
  | { readonly type: 'admitted' }
  /** Whichever deadline is armed. */
  | { readonly type: 'deadlinePassed' }
  /** By the host, or because the client broke a rule. */
  | { readonly type: 'closeAsked'; readonly reason: CloseReason }
  | { readonly type: 'transportClosed'; readonly reason: CloseReason };

/** What the driver must do. Each is done once, in order. */
export type SessionEffect =
  | { readonly type: 'armGreetingDeadline' }
  | { readonly type: 'authenticate' }
  /** Keep the message until it is known who sent it. */
  | { readonly type: 'hold' }
  | { readonly type: 'welcome' }
  | { readonly type: 'handle' }
  | { readonly type: 'disarmDeadline' }
  /** Tell the client why, as its last message. */
  | { readonly type: 'sayBye'; readonly reason: CloseReason }
  | { readonly type: 'closeTransport'; readonly reason: CloseReason }
  | { readonly type: 'armDrainingDeadline' }
  | { readonly type: 'terminateTransport' }
  /** End all that serves the client: `TaskManager.close(clientId, reason)`. */
  | { readonly type: 'end'; readonly reason: CloseReason };

type Step = readonly [SessionState, readonly SessionEffect[]];

/** How every client begins, and what must be done then. */
export const initialSession: Step = [
  { phase: 'greeting', checking: false },
  [{ type: 'armGreetingDeadline' }],
];

/**
 * The whole life of a client: greeting → live → draining → closed. Draining and closed are reached from anywhere
 * before them, and nothing leads back. An event that a state does not expect (one that was under way when the
 * state changed) changes nothing.
 */
export function transition(state: SessionState, event: SessionEvent): Step {
  if (state.phase === 'closed') return [state, []];
  if (state.phase === 'draining') return drained(state, event);
  switch (event.type) {
    case 'helloReceived':
      if (state.phase === 'live') return drain(invalidState('A second hello on one connection.'));
      if (state.checking) return [state, [{ type: 'hold' }]];
      return [{ phase: 'greeting', checking: true }, [{ type: 'authenticate' }]];
    case 'messageReceived':
      if (state.phase === 'live') return [state, [{ type: 'handle' }]];
      if (state.checking) return [state, [{ type: 'hold' }]];
      return drain(invalidState(`"${event.name}" came before hello.`));
    case 'admitted':
      if (state.phase === 'live' || !state.checking) return [state, []];
      return [{ phase: 'live' }, [{ type: 'disarmDeadline' }, { type: 'welcome' }]];
    case 'deadlinePassed':
      return state.phase === 'greeting' ? drain(tooLate) : [state, []];
    case 'closeAsked':
      return drain(event.reason);
    case 'transportClosed':
      return [
        { phase: 'closed', reason: event.reason },
        [{ type: 'disarmDeadline' }, { type: 'end', reason: event.reason }],
      ];
  }
}

const tooLate: CloseReason = { code: 'greetingTimeout', message: 'No hello came in time.' };

function invalidState(message: string): CloseReason {
  return { code: 'invalidState', message };
}

/** Reasons by which the far side has gone, or is going of its own accord: there is nobody to tell. */
const selfMade: ReadonlySet<ReasonCode> = new Set(['clientClosed', 'disconnected']);

function drain(reason: CloseReason): Step {
  const bye: readonly SessionEffect[] = selfMade.has(reason.code) ? [] : [{ type: 'sayBye', reason }];
  return [
    { phase: 'draining', reason },
    [
      { type: 'disarmDeadline' },
      ...bye,
      { type: 'closeTransport', reason },
      { type: 'armDrainingDeadline' },
      { type: 'end', reason },
    ],
  ];
}

function drained(state: Extract<SessionState, { phase: 'draining' }>, event: SessionEvent): Step {
  const closed: SessionState = { phase: 'closed', reason: state.reason };
  if (event.type === 'transportClosed') return [closed, [{ type: 'disarmDeadline' }]];
  if (event.type === 'deadlinePassed') return [closed, [{ type: 'terminateTransport' }]];
  return [state, []];
}
