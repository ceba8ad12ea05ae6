import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';

it('reads a page, and what is looked at on it', () => {
  expect(parseAddress('#processes')).toEqual({ page: 'processes', part: null });
  expect(parseAddress('#processes/4120')).toEqual({ page: 'processes', part: '4120' });
  expect(parseAddress('')).toEqual({ page: '', part: null });
});

it('takes a part that is cut off in the middle of a character for none', () => {
  expect(parseAddress('#disks/%E2%82')).toEqual({ page: 'disks', part: null });
});

it('finds every name again that the machine can give', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (part) => {
      expect(parseAddress(formatAddress('disks', part))).toEqual({ page: 'disks', part });
    }),
  );
});
