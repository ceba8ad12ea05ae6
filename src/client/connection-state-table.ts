import {
  transition,
  type ConnectionEvent,
  type ConnectionPhase,
  type ConnectionState,
} from './connection-state.ts';

const reason = { code: 'disconnected', message: '' } as const;

/** One of every state; the compiler asks for a new one. */
export const connectionStates: { readonly [Phase in ConnectionPhase]: ConnectionState & { phase: Phase } } = {
  idle: { phase: 'idle' },
  connecting: { phase: 'connecting', attempt: 0 },
  handshaking: { phase: 'handshaking', attempt: 0 },
  live: { phase: 'live' },
  stale: { phase: 'stale' },
  backoff: { phase: 'backoff', attempt: 1, delayMs: 500, reason },
  closed: { phase: 'closed', reason, pairingNeeded: false },
};

/** One of every event; the compiler asks for a new one. */
export const connectionEvents: {
  readonly [Type in ConnectionEvent['type']]: ConnectionEvent & { type: Type };
} = {
  started: { type: 'started' },
  opened: { type: 'opened' },
  welcomed: { type: 'welcomed' },
  sampleReceived: { type: 'sampleReceived' },
  watchdogPassed: { type: 'watchdogPassed' },
  silent: { type: 'silent', random: 0.5 },
  checkAsked: { type: 'checkAsked' },
  deadlinePassed: { type: 'deadlinePassed', random: 0.5 },
  lost: { type: 'lost', reason, random: 0.5 },
  retryDue: { type: 'retryDue' },
  closeAsked: { type: 'closeAsked' },
};

/** For the tables of docs/protocol/states.md. `lost` twice: some reasons are final. */
export const connectionMachine = {
  states: connectionStates,
  events: [
    ...Object.values(connectionEvents),
    { type: 'lost', reason: { code: 'revoked', message: '' }, random: 0.5 } satisfies ConnectionEvent,
  ],
  transition,
};
