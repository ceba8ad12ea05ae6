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
    { type: 'watchdogPassed' },
    { type: 'checkAsked' },
  ),
  fc.record({
    type: fc.constantFrom('silent', 'deadlinePassed'),
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
      'armDeadline',
      'disarmDeadline',
      'subscribe',
      'armWatchdog',
    ]);
  });

  it('is stale after a silent watchdog and asks for a sign of life, live again with the next sample', () => {
    const { state: stale, effects } = run([...toLive, { type: 'watchdogPassed' }]);
    expect(stale.phase).toBe('stale');
    expect(effects.slice(-2)).toEqual([{ type: 'ping' }, { type: 'armWatchdog' }]);
    expect(transition(stale, { type: 'sampleReceived' })[0].phase).toBe('live');
  });

  it('stays stale while the host answers, and gives the connection up when it does not', () => {
    const stale = run([...toLive, { type: 'watchdogPassed' }]).state;
    expect(transition(stale, { type: 'watchdogPassed' })).toEqual([
      stale,
      [{ type: 'ping' }, { type: 'armWatchdog' }],
    ]);
    expect(transition(stale, { type: 'silent', random: 0 })[0].phase).toBe('backoff');
  });

  it('when asked to look, pings what is connected and tries at once where it waited', () => {
    expect(transition({ phase: 'live' }, { type: 'checkAsked' })[1]).toEqual([{ type: 'ping' }]);
    const waiting = run([{ type: 'started' }, lost()]).state;
    expect(transition(waiting, { type: 'checkAsked' })[0].phase).toBe('connecting');
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
      fc.property(fc.nat({ max: 1_000 }), random, fc.boolean(), (attempt, chance, isRefused) => {
        const delayMs = backoffDelayMs(attempt, chance, isRefused);
        const { minMs, maxMs, refusedMinMs, refusedMaxMs } = backoffLimits;
        expect(delayMs).toBeGreaterThanOrEqual(isRefused ? refusedMinMs : minMs);
        expect(delayMs).toBeLessThanOrEqual(isRefused ? refusedMaxMs : maxMs);
        expect(backoffDelayMs(attempt + 1, chance, isRefused)).toBeGreaterThanOrEqual(delayMs);
      }),
    );
  });

  it('leaves at most 3 s between two tries of a host that cannot be reached, whatever happened before', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), random, (events, chance) => {
        const before = run(events).state;
        fc.pre(before.phase === 'connecting' || before.phase === 'live');
        const [after] = transition(before, { ...lost(), random: chance } as ConnectionEvent);
        expect(after).toMatchObject({ phase: 'backoff' });
        expect(after.phase === 'backoff' && after.delayMs).toBeLessThanOrEqual(2_000);
      }),
    );
  });

  it('waits only briefly after a try that ran into its deadline, which has waited already', () => {
    const late: ConnectionEvent[] = [lost(), { type: 'retryDue' }, lost(), { type: 'retryDue' }];
    const { state } = run([{ type: 'started' }, ...late, { type: 'deadlinePassed', random: 1 }]);
    expect(state).toMatchObject({ phase: 'backoff', attempt: 3, delayMs: 500 });
  });

  it('leaves a host alone for longer that sent it away', () => {
    const sentAway: ConnectionEvent = {
      type: 'lost',
      reason: { code: 'limitExceeded', message: 'full' },
      random: 0,
    };
    expect(run([...toLive, sentAway]).state).toMatchObject({ phase: 'backoff', delayMs: 1_000 });
  });

  it('spreads a thousand viewers that lost their host together over most of a second and more', () => {
    const delays = Array.from({ length: 1_000 }, (_, index) => backoffDelayMs(2, index / 999));
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThanOrEqual(1_500);
  });
});
