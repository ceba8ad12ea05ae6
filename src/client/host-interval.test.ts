import { expect, it } from 'vitest';
import type { SampleMessage } from '../shared/protocol/index.ts';
import { HostInterval } from './host-interval.ts';

const sample = (seconds: number, more: Partial<SampleMessage> = {}): SampleMessage => ({
  type: 'sample',
  id: 'live',
  seq: seconds,
  wallMs: 0,
  monotonicMs: seconds * 1_000,
  sections: {},
  ...more,
});

it('is how far apart the last two readings were, whatever part of them came', () => {
  const interval = new HostInterval();
  interval.note(sample(10));
  expect(interval.ms).toBe(0);
  interval.note(sample(15));
  interval.note(sample(15, { id: 'slow' }));
  expect(interval.ms).toBe(5_000);
  interval.note(sample(16));
  expect(interval.ms).toBe(1_000);
});

it('is not known after a pause, of another host, or where time goes back', () => {
  const interval = new HostInterval();
  interval.note(sample(10));
  interval.note(sample(40, { discontinuity: 'slept' }));
  expect(interval.ms).toBe(0);
  interval.note(sample(45));
  interval.forget();
  interval.note(sample(99));
  expect(interval.ms).toBe(0);
  interval.note(sample(50));
  expect(interval.ms).toBe(0);
  interval.note(sample(500));
  expect(interval.ms).toBe(60_000);
});
