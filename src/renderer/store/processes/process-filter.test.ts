import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from './process-filter.ts';
import { makeRow } from './testing/make-row.ts';

const row = makeRow({
  pid: 4711,
  name: 'Firefox',
  command: '/usr/lib/firefox -P work',
  user: 'ann',
  group: 'web',
});

function matches(text: string): boolean {
  const parsed = parseFilter(text);
  if (parsed.status !== 'ok') throw new Error(`"${text}" is ${parsed.status}`);
  return parsed.matches(row);
}

describe('parseFilter', () => {
  it('shows all for nothing', () => {
    expect(parseFilter('  ').status).toBe('all');
  });

  it('finds words in name, command, user, group and number, whatever their case, all of them', () => {
    for (const text of ['fire', 'FIRE', 'lib/fire', 'ann', 'web', '4711', 'ann fire', 'work  web']) {
      expect(matches(text), text).toBe(true);
    }
    for (const text of ['chrome', 'ann chrome', '47112']) expect(matches(text), text).toBe(false);
  });

  it('takes what stands between slashes for an expression', () => {
    expect(matches('/^fire.*x$/')).toBe(true);
    expect(matches('/^ire/')).toBe(false);
    expect(matches('/^FIREFOX$/')).toBe(true);
  });

  it('takes a path, and an expression that is not at its end, for words', () => {
    expect(matches('/usr/lib')).toBe(true);
    expect(matches('/usr')).toBe(true);
  });

  it('remembers nothing from one row to the next, whatever the flags', () => {
    const parsed = parseFilter('/fire/gyi');
    if (parsed.status !== 'ok') throw new Error(parsed.status);
    expect([parsed.matches(row), parsed.matches(row), parsed.matches(row)]).toEqual([true, true, true]);
  });

  it('names what is wrong with an expression', () => {
    expect(parseFilter('/(/')).toEqual({
      status: 'invalid',
      problem: expect.stringContaining('group') as string,
    });
    expect(parseFilter('/a/uv')).toMatchObject({ status: 'invalid' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, slashes) => {
        const parsed = parseFilter(slashes ? `/${text}/` : text);
        if (parsed.status === 'ok') parsed.matches(row);
      }),
    );
  });
});
