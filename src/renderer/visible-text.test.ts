import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showVisibly } from './visible-text.ts';

describe('showVisibly', () => {
  it('leaves letters of every script and signs as they are', () => {
    const text = "Ünïcode 日本語 العربية 🦊 ❤️ $(touch x)<img onerror=…>';--";
    expect(showVisibly(text)).toBe(text);
  });

  it('shows control characters by their pictures', () => {
    expect(showVisibly('a\nb\t\u001b[31mc\u0000\u007f')).toBe('a␊b␉␛[31mc␀␡');
  });

  it('names what turns the direction or is not seen', () => {
    expect(showVisibly('gpj.\u202eexe\u200b\u0085\ufeff\u2028')).toBe(
      'gpj.U+202Eexe' + 'U+200BU+0085U+FEFFU+2028',
    );
  });

  it('names what is not a character at all', () => {
    expect(showVisibly('a\ud800b')).toBe('aU+D800b');
  });

  it('never lets a control or direction character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(showVisibly(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
      }),
    );
  });
});
