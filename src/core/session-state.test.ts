import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonCodeSchema } from '../shared/protocol/index.ts';
import {
  initialSession,
  transition,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';

const reason = fc.record({
  code: fc.constantFrom(...reasonCodeSchema.options),
  message: fc.constantFrom('one', 'other'),
});
const event: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.constantFrom<SessionEvent>(
    { type: 'helloReceived' },
    { type: 'messageReceived', name: 'subscribe' },
    { type: 'admitted' },
    { type: 'deadlinePassed' },
  ),
  fc.record({ type: fc.constantFrom('closeAsked' as const, 'transportClosed' as const), reason }),
);
const events = fc.array(event, { maxLength: 30 });
const runs = { numRuns: 10_000 };

interface Passed {
  readonly before: SessionState;
  readonly event: SessionEvent;
  readonly after: SessionState;
  readonly effects: readonly SessionEffect[];
}

function run(all: readonly SessionEvent[]): {
  steps: Passed[];
  state: SessionState;
  effects: SessionEffect[];
} {
  let [state] = initialSession;
  const steps: Passed[] = [];
  for (const next of all) {
    const [after, effects] = transition(state, next);
    steps.push({ before: state, event: next, after, effects });
    state = after;
  }
  return { steps, state, effects: [...initialSession[1], ...steps.flatMap(({ effects }) => effects)] };
}

const toLive: SessionEvent[] = [{ type: 'helloReceived' }, { type: 'admitted' }];
const gone = { code: 'disconnected', message: 'gone' } as const;
const namesOf = (effects: readonly SessionEffect[]): string[] => effects.map(({ type }) => type);

describe('a session', () => {
  it('goes from greeting through live and draining to closed', () => {
    const { steps, effects } = run([
      ...toLive,
      { type: 'messageReceived', name: 'subscribe' },
      { type: 'closeAsked', reason: { code: 'revoked', message: 'no more' } },
      { type: 'transportClosed', reason: gone },
    ]);
    expect(steps.map(({ after }) => after.phase)).toEqual(['greeting', 'live', 'live', 'draining', 'closed']);
    expect(namesOf(effects)).toEqual([
      'armGreetingDeadline',
      'authenticate',
      'disarmDeadline',
      'welcome',
      'handle',
      'disarmDeadline',
      'sayBye',
      'closeTransport',
      'armDrainingDeadline',
      'end',
      'disarmDeadline',
    ]);
  });

  it('keeps what comes while the token is being looked up, and handles nothing before the welcome', () => {
    fc.assert(
      fc.property(events, (all) => {
        let welcomed = false;
        for (const { effects } of run(all).steps) {
          for (const { type } of effects) {
            if (type === 'welcome') welcomed = true;
            if (type === 'handle') expect(welcomed).toBe(true);
            if (type === 'hold') expect(welcomed).toBe(false);
          }
        }
      }),
      runs,
    );
  });

  it('never goes back, and stays closed without doing anything more', () => {
    const order = ['greeting', 'live', 'draining', 'closed'];
    fc.assert(
      fc.property(events, (all) => {
        for (const { before, after, effects } of run(all).steps) {
          expect(order.indexOf(after.phase)).toBeGreaterThanOrEqual(order.indexOf(before.phase));
          if (before.phase !== 'closed') continue;
          expect(after).toBe(before);
          expect(effects).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('has a deadline armed exactly while it is greeting or draining', () => {
    fc.assert(
      fc.property(events, (all) => {
        let armed: string | null = 'armGreetingDeadline';
        for (const { event: happened, after, effects } of run(all).steps) {
          // It is armed no more once it has passed.
          if (happened.type === 'deadlinePassed') armed = null;
          for (const { type } of effects) {
            if (type === 'disarmDeadline') armed = null;
            if (type !== 'armGreetingDeadline' && type !== 'armDrainingDeadline') continue;
            expect(armed).toBeNull();
            armed = type;
          }
          const wanted = {
            greeting: 'armGreetingDeadline',
            draining: 'armDrainingDeadline',
            live: null,
            closed: null,
          };
          expect(armed).toBe(wanted[after.phase]);
        }
      }),
      runs,
    );
  });

  it('ends what serves the client exactly once, on the way out of greeting or live, with the reason that stands', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { effects, state } = run(all);
        const ends = effects.filter(({ type }) => type === 'end');
        const out = state.phase === 'draining' || state.phase === 'closed';
        expect(ends).toHaveLength(out ? 1 : 0);
        if (out) expect(ends[0]).toEqual({ type: 'end', reason: state.reason });
      }),
      runs,
    );
  });

  it('is told why at most once, as the last message, and before its pipe is closed', () => {
    fc.assert(
      fc.property(events, (all) => {
        const names = namesOf(run(all).effects);
        expect(names.filter((name) => name === 'sayBye').length).toBeLessThanOrEqual(1);
        expect(names.filter((name) => name === 'closeTransport').length).toBeLessThanOrEqual(1);
        const bye = names.indexOf('sayBye');
        if (bye < 0) return;
        expect(names[bye + 1]).toBe('closeTransport');
        expect(names.slice(bye + 1)).not.toContain('handle');
      }),
      runs,
    );
  });

  it('is welcomed at most once, and only after its hello', () => {
    fc.assert(
      fc.property(events, (all) => {
        const names = namesOf(run(all).effects);
        expect(names.filter((name) => name === 'welcome').length).toBeLessThanOrEqual(1);
        expect(names.filter((name) => name === 'authenticate').length).toBeLessThanOrEqual(1);
        if (names.includes('welcome')) {
          expect(names.indexOf('authenticate')).toBeGreaterThan(-1);
          expect(names.indexOf('authenticate')).toBeLessThan(names.indexOf('welcome'));
        }
      }),
      runs,
    );
  });

  it('can always be closed: whatever was before, its pipe’s end or the deadline leads there', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (all, byDeadline) => {
        const asked = run([...all, { type: 'closeAsked', reason: gone }]).state;
        expect(['draining', 'closed']).toContain(asked.phase);
        const last: SessionEvent = byDeadline
          ? { type: 'deadlinePassed' }
          : { type: 'transportClosed', reason: gone };
        expect(transition(asked, last)[0].phase).toBe('closed');
      }),
      runs,
    );
  });

  it('cuts a pipe by force only where it was asked to close and did not within the grace', () => {
    fc.assert(
      fc.property(events, (all) => {
        for (const { before, event: happened, effects } of run(all).steps) {
          if (!namesOf(effects).includes('terminateTransport')) continue;
          expect([before.phase, happened.type]).toEqual(['draining', 'deadlinePassed']);
        }
      }),
      runs,
    );
  });
});
