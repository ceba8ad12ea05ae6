import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftOut, maskProse, maskSecrets } from './plain-prose.ts';

describe('a message in a bundle', () => {
  it.each([
    ['Somebody is kept from connecting: 3 attempts.', null],
    ['cpu has not answered within 1 s.', null],
    [
      "ENOENT: no such file or directory, open '/home/alice/.config/Pulsewire/config.json'",
      "ENOENT: no such file or directory, open '[…]'",
    ],
    ['connect ECONNREFUSED 192.168.1.5:9740', 'connect ECONNREFUSED […]'],
    [
      'The config file /home/alice/c.json is broken, line 3, column 5.',
      'The config file […] is broken, line 3, column 5.',
    ],
    ['Viewers on this machine find it at http://127.0.0.1:9740', 'Viewers on this machine find it at […]'],
    [
      'The data folder /srv/x cannot be used: the disk is full.',
      'The data folder […] cannot be used: the disk is full.',
    ],
    ['client "Alices iPhone" left running', 'client "[…]" left running'],
    ['read /proc/stat', 'read /proc/stat'],
  ])('%j keeps the words that are ours', (text, expected) => {
    expect(maskProse(text)).toBe(expected ?? text);
  });

  it.each([
    randomBytes(32).toString('base64url'),
    randomBytes(32).toString('hex'),
    randomBytes(6).toString('hex'),
    'BCDF-GHJK',
    '048213',
    '048 213',
    'aa:bb:cc:dd:ee:ff',
    'fe80::1ff:fe23:4567:890a',
    '10.20.30.40',
    'workbench-17.lan',
    'Müllers-WLAN',
    'alice@example.com',
    '/home/alice/secret',
    'C:\\Users\\alice',
    'https://user:pw@box.local/?token=abc',
    '--password=hunter2',
    '$(touch${IFS}x)<img/onerror=1>',
    '秘密',
    'alice‮gnp.exe',
  ])('has nothing of %j, wherever it stands', (planted) => {
    for (const text of [planted, `"${planted}"`, `failed (${planted}).`, `key=${planted}, and on`]) {
      expect(maskProse(text)).not.toContain(planted);
      expect(maskProse(text)).toContain(leftOut);
    }
  });

  it('has no word that is not in the program, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }), { maxLength: 8 }),
        (words) => {
          const shown = maskProse(words.join(' '));
          expect(shown.length).toBeLessThanOrEqual(400);
          // Whatever is shown has only letters of words that the vocabulary has, digits of short figures, and marks.
          for (const word of shown.split(' '))
            expect(word.replaceAll(leftOut, '')).not.toMatch(/[^\x20-\x7e“”‘’…−]/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('with names, has still nothing that lets in', () => {
    const token = randomBytes(32).toString('base64url');
    expect(maskSecrets(`alice at 10.0.0.5 with ${token}, BCDF-GHJK and 048213`)).toBe(
      'alice at 10.0.0.5 with […], […] and […]',
    );
  });
});
