import { expect, it } from 'vitest';
import { createPairingKey } from './create-pairing-key.ts';

function drawing(...numbers: number[]): Pick<Crypto, 'getRandomValues'> {
  return {
    getRandomValues: (array) => {
      (array as unknown as Uint32Array)[0] = numbers.shift()!;
      return array;
    },
  };
}

it('is six digits, with the zeros in front', () => {
  expect(createPairingKey(drawing(42))).toBe('000042');
  expect(createPairingKey(drawing(1_999_999))).toBe('999999');
  expect(createPairingKey()).toMatch(/^\d{6}$/);
});

it('draws again where keeping the number would favour some keys', () => {
  expect(createPairingKey(drawing(4_294_967_295, 4_294_000_000, 7))).toBe('000007');
});
