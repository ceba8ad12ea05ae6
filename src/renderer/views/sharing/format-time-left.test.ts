import { expect, it } from 'vitest';
import { formatTimeLeft } from './format-time-left.ts';

it('counts down to the end and no further', () => {
  expect([300_000, 299_001, 247_000, 59_999, 400, 0, -5_000].map(formatTimeLeft)).toEqual([
    '5:00',
    '5:00',
    '4:07',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
  ]);
});
