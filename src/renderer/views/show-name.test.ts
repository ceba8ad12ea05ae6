import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showName } from './show-name.ts';

describe('showName', () => {
  it('leaves ordinary names as they are, in any script', () => {
    for (const name of ['sshd', 'Überwachung', '進程', 'نمونه', '$(touch x)<img onerror=…>;--']) {
      expect(showName(name)).toBe(name);
    }
  });

  it('shows line ends, terminal escapes and turned text', () => {
    expect(showName('a\nb\u001b[31m')).toBe('a␊b␛[31m');
    expect(showName('exe.\u202egpj')).toBe('exe.\\u{202e}gpj');
    expect(showName('pay\u200bpal\u007f\u009b')).toBe('pay\\u{200b}pal␡\\u{9b}');
  });

  it('leaves nothing unseen in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(showName(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
