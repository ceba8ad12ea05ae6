import { expect, it } from 'vitest';
import { formatFingerprint, groupFingerprint } from './group-fingerprint.ts';

it('groups four pairs at a time and changes no character', () => {
  const fingerprint = Array.from({ length: 32 }, (_, at) => (0xa0 + at).toString(16).toUpperCase()).join(':');
  const groups = groupFingerprint(fingerprint);
  expect(groups).toHaveLength(8);
  expect(groups[0]).toBe('A0:A1:A2:A3:');
  expect(groups.join('')).toBe(fingerprint);
});

it('shows bare digits as browsers show a fingerprint', () => {
  expect(formatFingerprint('0a1b2c')).toBe('0A:1B:2C');
});

it('leaves what is no fingerprint as it is', () => {
  for (const text of ['', 'none', ':::']) expect(groupFingerprint(text).join('')).toBe(text);
});
