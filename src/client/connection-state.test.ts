import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backoffDelayMs,
  backoffLimits,
  initialConnectionState,
  transition,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
} from './connection-state.ts';

const random = fc.double({ min: 0, max: 1, noNaN: true });
const reason = fc.record({
  code: fc.constantFrom('disconnected', 'shutdown', 'unauthorized', 'revoked', 'slowConsumer', 'replaced'),
  message: fc.constant('gone'),
}) as fc.Arbitrary<{ code: 'disconnected'; message: string }>;
const event: fc.Arbitrary<ConnectionEvent> = fc.oneof(
  fc.constantFrom<ConnectionEvent>(
    { type: 'started' },
    { type: 'opened' },
    { type: 'welcomed' },
    { type: 'sampleReceived' },
    { type: 'retryDue' },
  ),
  fc.record({
    type: fc.constantFrom('watchdogPassed', 'deadlinePassed'),
    random,
  }) as fc.Arbitrary<ConnectionEvent>,
  fc.record({ type: fc.constant('lost'), reason, random }) as fc.Arbitrary<ConnectionEvent>,
);

function run(events: readonly ConnectionEvent[]): { state: ConnectionState; effects: ConnectionEffect[] } {
  let state = initialConnectionState;
  const effects: ConnectionEffect[] = [];
  for (const next of events) {
    const step = transition(state, next);
    state = step[0];
    effects.push(...step[1]);
  }
  return { state, effects };
}

const lost = (code: 'disconnected' | 'unauthorized' | 'revoked' = 'disconnected'): ConnectionEvent => ({
  type: 'lost',
  reason: { code, message: 'gone' },
  random: 0.5,
});
const toLive: ConnectionEvent[] = [{ type: 'started' }, { type: 'opened' }, { type: 'welcomed' }];

describe('transition', () => {
  it('goes from idle to live through connecting and handshaking', () => {
    const { state, effects } = run(toLive);
    expect(state).toEqual({ phase: 'live' });
    expect(effects.map(({ type }) => type)).toEqual([
      'open',
      'armDeadline',
      'greet',
      'disarmDeadline',
      'subscribe',
      'armWatchdog',
    ]);
  });

  it('is stale after a silent watchdog, live again with the next sample', () => {
    const stale = run([...toLive, { type: 'watchdogPassed', random: 0 }]).state;
    expect(stale.phase).toBe('stale');
    expect(transition(stale, { type: 'sampleReceived' })[0].phase).toBe('live');
    expect(transition(stale, { type: 'watchdogPassed', random: 0 })[0].phase).toBe('backoff');
  });

  it('asks for pairing after a rejected or revoked token, from every state', () => {
    fc.assert(
      fc.property(
        fc.array(event),
        fc.constantFrom('unauthorized' as const, 'revoked' as const),
        (events, code) => {
          const before = run(events).state;
          fc.pre(before.phase !== 'closed' && before.phase !== 'idle' && before.phase !== 'backoff');
          const [after] = transition(before, lost(code));
          expect(after).toMatchObject({ phase: 'closed', pairingNeeded: true });
        },
      ),
    );
  });

  it('never leaves closed, and closes from anywhere', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (before, after) => {
        const { state } = run([...before, { type: 'closeAsked' }]);
        expect(state.phase).toBe('closed');
        let next = state;
        for (const item of after) {
          const [reached, effects] = transition(next, item);
          next = reached;
          expect(effects).toEqual([]);
        }
        expect(next).toEqual(state);
      }),
    );
  });

  it('opens only from connecting, and never holds two connections at once', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let held = 0;
        for (const effect of run(events).effects) {
          if (effect.type === 'open') held++;
          if (effect.type === 'drop') held = 0;
          expect(held).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('always has a way on: each waiting state has armed what ends it', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const { state, effects } = run(events);
        const armed = (arm: string, disarm: string): boolean => {
          const order = effects.map(({ type }) => type as string);
          return order.lastIndexOf(arm) > order.lastIndexOf(disarm);
        };
        if (state.phase === 'connecting' || state.phase === 'handshaking') {
          expect(armed('armDeadline', 'disarmDeadline')).toBe(true);
        }
        if (state.phase === 'live' || state.phase === 'stale') {
          expect(armed('armWatchdog', 'disarmWatchdog')).toBe(true);
        }
        if (state.phase === 'backoff') expect(armed('armRetry', 'disarmRetry')).toBe(true);
      }),
    );
  });

  it('counts attempts up while it fails and from the start once it was live', () => {
    const failing = run([
      { type: 'started' },
      lost(),
      { type: 'retryDue' },
      lost(),
      { type: 'retryDue' },
      lost(),
    ]);
    expect(failing.state).toMatchObject({ phase: 'backoff', attempt: 3 });
    const revived = run([
      { type: 'started' },
      lost(),
      { type: 'retryDue' },
      { type: 'opened' },
      { type: 'welcomed' },
      lost(),
    ]);
    expect(revived.state).toMatchObject({ phase: 'backoff', attempt: 1 });
  });
});

describe('backoffDelayMs', () => {
  it('stays between its limits and does not shrink with the attempts', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000 }), random, (attempt, chance) => {
        const delayMs = backoffDelayMs(attempt, chance);
        expect(delayMs).toBeGreaterThanOrEqual(backoffLimits.minMs);
        expect(delayMs).toBeLessThanOrEqual(backoffLimits.maxMs);
        expect(backoffDelayMs(attempt + 1, chance)).toBeGreaterThanOrEqual(delayMs);
      }),
    );
  });
});
