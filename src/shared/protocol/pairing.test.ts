import { describe, expect, it } from 'vitest';
import { createPairingLink, parsePairingLink } from './pairing.ts';

describe('a pairing link', () => {
  it('holds the code in its fragment, which is sent to no server, and is read back from there', () => {
    const link = new URL(createPairingLink('https://10.0.0.2:9740', 'BCDF-GHJK'));
    expect([link.pathname, link.search]).toEqual(['/', '']);
    expect(parsePairingLink(link.hash)).toBe('BCDF-GHJK');
  });

  it.each([
    '',
    '#',
    '#sharing',
    '#pair=',
    '#pair=BCDF-GHJ',
    '#pair=BCDF-GHJK1',
    '#pair=<img>-GHJK',
    'BCDF-GHJK',
  ])('is not %j', (fragment) => expect(parsePairingLink(fragment)).toBeNull());
});
