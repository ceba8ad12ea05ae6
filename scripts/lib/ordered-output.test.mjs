import { describe, expect, it } from 'vitest';
import { OrderedOutput } from './ordered-output.mjs';

describe('OrderedOutput', () => {
  it('shows the first as it goes and keeps the second until its turn', () => {
    let shown = '';
    const output = new OrderedOutput((text) => (shown += text));
    const first = output.open();
    const second = output.open();
    second.write('b1 ');
    first.write('a1 ');
    expect(shown).toBe('a1 ');
    first.end();
    expect(shown).toBe('a1 b1 ');
    second.write('b2');
    expect(shown).toBe('a1 b1 b2');
  });

  it('shows what has ended out of order when those before it have ended', () => {
    let shown = '';
    const output = new OrderedOutput((text) => (shown += text));
    const [first, second, third] = [output.open(), output.open(), output.open()];
    third.write('c');
    third.end();
    second.write('b');
    second.end();
    expect(shown).toBe('');
    first.write('a');
    first.end();
    expect(shown).toBe('abc');
    const fourth = output.open();
    fourth.write('d');
    expect(shown).toBe('abcd');
  });
});
