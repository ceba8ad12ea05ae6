import { transition, type SessionEvent, type SessionState } from './session-state.ts';

const reason = { code: 'shutdown', message: '' } as const;

/** One of every state, by the name that people know it by. */
export const sessionStates: Readonly<Record<string, SessionState>> = {
  greeting: { phase: 'greeting', checking: false },
  'greeting, token being looked up': { phase: 'greeting', checking: true },
  live: { phase: 'live' },
  draining: { phase: 'draining', reason },
  closed: { phase: 'closed', reason },
};

/** One of every event; the compiler asks for a new one. */
export const sessionEvents: { readonly [Type in SessionEvent['type']]: SessionEvent & { type: Type } } = {
  helloReceived: { type: 'helloReceived' },
  messageReceived: { type: 'messageReceived', name: 'subscribe' },
  admitted: { type: 'admitted' },
  deadlinePassed: { type: 'deadlinePassed' },
  closeAsked: { type: 'closeAsked', reason },
  transportClosed: { type: 'transportClosed', reason: { code: 'disconnected', message: '' } },
};

/** For the tables of docs/protocol/states.md. */
export const sessionMachine = { states: sessionStates, events: Object.values(sessionEvents), transition };
