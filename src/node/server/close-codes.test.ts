import { expect, it } from 'vitest';
import { reasonCodeSchema } from '../../shared/protocol/index.ts';
import { deriveCloseCode, deriveCloseReason, trimCloseMessage } from './close-codes.ts';

it('has a code that an endpoint may send for every reason', () => {
  for (const reason of reasonCodeSchema.options) {
    const code = deriveCloseCode(reason);
    expect([
      reason,
      (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 4000,
    ]).toEqual([reason, true]);
  }
});

it('trims what it says to the 123 bytes of a close frame, at a whole letter', () => {
  const trimmed = trimCloseMessage('ä'.repeat(100));
  expect(Buffer.byteLength(trimmed)).toBe(122);
  expect(trimCloseMessage('short')).toBe('short');
});

it('tells a cut connection from one that was closed', () => {
  expect(deriveCloseReason(1006, '').code).toBe('disconnected');
  expect(deriveCloseReason(1000, '').code).toBe('clientClosed');
  expect(deriveCloseReason(1001, 'reload')).toEqual({ code: 'clientClosed', message: 'reload' });
});
