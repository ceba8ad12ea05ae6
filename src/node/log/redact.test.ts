import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairingAlphabet } from '../server/pairing.ts';
import { redactSecrets } from './redact.ts';

const letter = fc.constantFrom(...pairingAlphabet);
const around = fc.constantFrom('', ' ', '"', '=', '/', ':', '?token=', '#pair=', '\n');

describe('what goes into a log', () => {
  it('holds no token, whatever stands around it', () => {
    fc.assert(
      fc.property(around, around, (before, after) => {
        const token = randomBytes(32).toString('base64url');
        expect(redactSecrets(`${before}${token}${after}`)).toBe(`${before}[token]${after}`);
      }),
    );
  });

  it('holds no pairing code', () => {
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 8, maxLength: 8 }),
        around,
        around,
        (letters, before, after) => {
          const code = `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
          expect(redactSecrets(`${before}${code}${after}`)).toBe(`${before}[code]${after}`);
        },
      ),
    );
  });

  it.each([
    'Viewers on this machine find it at http://127.0.0.1:9740',
    'SHA-256 of its certificate: 1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA:1F:00:AA',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'The user-agent of c0ffee00-1234-5678-9abc-def012345678 said HTTP-TLS',
  ])('keeps %s', (text) => expect(redactSecrets(text)).toBe(text));
});
