import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseIpv6, parseWordAddress } from './parse-address.ts';

const hexOf = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
/** As a machine of this order prints what it keeps as numbers of 32 bits. */
const wordsOf = (bytes: readonly number[], order: 'LE' | 'BE'): string => {
  const words = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 4));
  return words.map((word) => hexOf(order === 'LE' ? word.toReversed() : word)).join('').toUpperCase(); // prettier-ignore
};
const bytes = (length: number) => fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 255 })), { minLength: length, maxLength: length }); // prettier-ignore
const order = fc.constantFrom('LE', 'BE');

it('gives back every IPv4 address that a machine of either order prints', () => {
  fc.assert(fc.property(bytes(4), order, (address, by) => {
    expect(parseWordAddress(wordsOf(address, by), by)).toBe(address.join('.'));
  })); // prettier-ignore
});

it('gives back every IPv6 address, shortened as browsers do', () => {
  fc.assert(fc.property(bytes(16), order, (address, by) => {
    const found = parseWordAddress(wordsOf(address, by), by);
    expect(parseIpv6(hexOf(address))).toBe(found);
    const canonical = (text: string): string => new URL(`http://[${text}]`).hostname;
    expect(canonical(found!)).toBe(canonical(hexOf(address).match(/.{4}/g)!.join(':')));
  })); // prettier-ignore
  expect(parseWordAddress('00000000000000000000000001000000', 'LE')).toBe('::1');
  expect(parseWordAddress('0000000000000000FFFF00000100007F', 'LE')).toBe('::ffff:127.0.0.1');
});

it('is null of what is no address', () => {
  expect(['', '0', '0100007', 'zz00007F', '0100007F0'].map((hex) => parseWordAddress(hex, 'LE'))).toEqual(Array(5).fill(null)); // prettier-ignore
});
