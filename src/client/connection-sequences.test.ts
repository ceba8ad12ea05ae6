import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  initialConnectionState,
  transition,
  type ConnectionEvent,
  type ConnectionPhase,
} from './connection-state.ts';
import { connectionMachine } from './connection-state-table.ts';

const runs = { numRuns: 10_000 };
const events = fc.array(
  fc
    .tuple(
      fc.constantFrom<ConnectionEvent>(...connectionMachine.events),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([event, random]) => ('random' in event ? { ...event, random } : event)),
  { maxLength: 40 },
);

type Timer = 'Deadline' | 'Watchdog' | 'Retry';
const timers: readonly Timer[] = ['Deadline', 'Watchdog', 'Retry'];
/** What each phase waits for. */
const waitsFor: Readonly<Record<ConnectionPhase, Timer | null>> = {
  idle: null,
  connecting: 'Deadline',
  handshaking: 'Deadline',
  live: 'Watchdog',
  stale: 'Watchdog',
  backoff: 'Retry',
  closed: null,
};
/** A timer that has passed is armed no more. */
const passes: Partial<Readonly<Record<ConnectionEvent['type'], Timer>>> = {
  deadlinePassed: 'Deadline',
  watchdogPassed: 'Watchdog',
  retryDue: 'Retry',
};

it('has armed after every step exactly the timer that its phase waits for', () => {
  fc.assert(
    fc.property(events, (all) => {
      let state = initialConnectionState;
      const armed = new Set<Timer>();
      for (const event of all) {
        const passed = passes[event.type];
        // A driver's timer passes only while it is armed.
        if (passed && !armed.delete(passed)) continue;
        const [next, effects] = transition(state, event);
        for (const { type } of effects) {
          for (const timer of timers) {
            if (type === `arm${timer}`) armed.add(timer);
            if (type === `disarm${timer}`) armed.delete(timer);
          }
        }
        state = next;
        const wanted = waitsFor[state.phase];
        expect([...armed]).toEqual(wanted ? [wanted] : []);
      }
    }),
    runs,
  );
});

it('does nothing more once it is closed, and never holds two connections', () => {
  fc.assert(
    fc.property(events, (all) => {
      let state = initialConnectionState;
      let held = 0;
      for (const event of all) {
        const [next, effects] = transition(state, event);
        if (state.phase === 'closed') {
          expect(next).toBe(state);
          expect(effects).toEqual([]);
        }
        for (const { type } of effects) {
          if (type === 'open') held++;
          if (type === 'drop') held = 0;
        }
        expect(held).toBeLessThanOrEqual(1);
        if (next.phase === 'idle' || next.phase === 'backoff' || next.phase === 'closed')
          expect(held).toBe(0);
        state = next;
      }
    }),
    runs,
  );
});
