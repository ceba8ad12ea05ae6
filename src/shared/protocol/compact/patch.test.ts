import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch } from './apply-patch.ts';
import { deriveFullPatch } from './derive-patch.ts';
import { decodeValue, derivePlain, encodeValue } from './message-pack.ts';
import { createRowBudget } from './rows.ts';

/** What a reader makes of the base and the patch, and what the patch costs. */
function follow(base: unknown, next: unknown): { result: unknown; bytes: number } {
  const patch = deriveFullPatch(base, next);
  const bytes = encodeValue(patch);
  const known = decodeValue(encodeValue(derivePlain(base)));
  const before = structuredClone(known);
  const result = applyPatch(known, decodeValue(bytes), createRowBudget(bytes.length));
  expect(known).toEqual(before);
  return { result, bytes: bytes.length };
}

function overJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

describe('a patch', () => {
  it('makes any value of any other, as JSON would write it', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const keyed = value.filter((one) => !JSON.stringify(one).includes('__proto__'));
    fc.assert(
      fc.property(keyed, keyed, (base, next) => {
        expect(follow(base, next).result).toEqual(overJson(next));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a counter that rises', 1_000_000, 1_000_900, 3],
    ['a counter that begins anew', Number.MAX_SAFE_INTEGER, 0, 9],
    ['integers too far apart to be subtracted', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 10],
    ['a load that moves by a hundredth', 0.07, 0.08, 3],
    ['a fraction that becomes whole', 2.5, 3, 3],
    ['a fraction with more decimals than are counted', 1 / 3, 2 / 3, 10],
    ['a tie, which every language must round up', 0.25, 0.5, 3],
    ['a figure that is lost', 5, null, 1],
    ['a figure that is found', null, 5, 1],
    ['a text', 'up', 'down', 5],
    ['a list in the place of nothing', null, [1, 2], 4],
    ['a list in the place of an object', { a: 1 }, [1, 2], 4],
    ['an object in the place of a list', [1, 2], { a: 1 }, 4],
    ['nothing of what is the same', { a: [1, 'x', null] }, { a: [1, 'x', null] }, 1],
    ['a list that became empty', [1, 2, 3], [], 2],
    ['an object with another key', { a: 1 }, { b: 1 }, 4],
  ])('says %s', (_what, base, next, most) => {
    const { result, bytes } = follow(base, next);
    expect(result).toEqual(next);
    expect(bytes).toBeLessThanOrEqual(most);
  });

  it('takes what JSON leaves out or cannot say as JSON takes it', () => {
    const base = { gone: undefined, a: NaN, list: [undefined, 1], text: 'x', n: 0 };
    const next = { a: Infinity, gone: undefined, list: [2, undefined], text: 'cut \ud83d', n: -0 };
    expect(follow({ ...base, gone: 1 }, base).result).toEqual({ a: null, list: [null, 1], text: 'x', n: 0 });
    expect(follow(base, next).result).toEqual({ a: null, list: [2, null], text: 'cut \ufffd', n: 0 });
    expect(follow({ a: null }, { a: NaN }).bytes).toBe(1);
  });

  it('says rows of a table that went and came once for all columns', () => {
    const rows = Array.from({ length: 300 }, (_, index) => index + 100);
    const table = (pids: readonly number[]): object => ({
      ticksPerSecond: 100,
      users: ['root', 'daemon'],
      pid: pids,
      name: pids.map((pid) => `process ${pid}`),
      user: pids.map((pid) => pid % 2),
      cpuTicks: pids.map((pid) => pid * 1_000),
      cpuShares: null,
      readBytes: pids.map((pid) => (pid % 3 === 0 ? null : pid)),
    });
    const next = [...rows.filter((pid) => pid !== 150 && pid !== 151), 400];
    const { result, bytes } = follow(table(rows), table(next));
    expect(result).toEqual(table(next));
    expect(bytes).toBeLessThan(70);
    expect(follow(table(rows), table([])).result).toEqual(table([]));
    expect(follow(table([]), table(rows)).result).toEqual(table(rows));
  });

  it('says things of a list that went and came by what names them', () => {
    const device = (name: string, readBytes: number): object => ({ name, model: 'M'.repeat(50), readBytes });
    const base = [device('sda', 10), device('sdb', 20), device('sdc', 30)];
    const next = [device('sda', 11), device('sdc', 31), device('sdd', 1)];
    const { result, bytes } = follow(base, next);
    expect(result).toEqual(next);
    expect(bytes).toBeLessThan(110);
    expect(follow(next, base).result).toEqual(base);
    expect(follow([{ a: 1 }, null], [null, { a: 1 }]).result).toEqual([null, { a: 1 }]);
    expect(follow([], [null, null, null]).result).toEqual([null, null, null]);
    expect(follow([1, 2, 3], [1, 3]).result).toEqual([1, 3]);
  });

  it('shares with the base what it does not touch', () => {
    const base = { total: { user: 1 }, cores: [{ id: 0 }] };
    const next = applyPatch(base, deriveFullPatch(base, { ...base, total: { user: 2 } }), createRowBudget(0));
    expect(next).toEqual({ total: { user: 2 }, cores: [{ id: 0 }] });
    expect((next as typeof base).cores).toBe(base.cores);
  });
});

describe('a patch that does not fit', () => {
  it.each([
    ['an item past the end', [1, 2], [2, 5]],
    ['a key past the end', { a: 1 }, [1, 5]],
    ['a skip below zero', [1, 2], [-1, 5]],
    ['a skip that is no number', [1, 2], ['x', 5]],
    ['items of a text', 'abc', [0, 'x']],
    ['items of nothing', null, [0, 'x']],
    ['a fraction with no decimals', 1, [5, 0]],
    ['a fraction with a thousand decimals', 1, [5, 1000]],
    ['three things done to a number', 1, [5, 1, 1]],
    ['rows of a list of another length', [1, 2], [[3, 1, 1, 0], 0, []]],
    ['more rows than there are', [1, 2], [[2, 1, 2, 0], 0, []]],
    ['rows that are none', [1, 2], [[2, 1], 0, []]],
    ['rows below zero', [1, 2], [[2, 1, -1, 0], 0, []]],
    ['a million rows for nothing', [1, 2], [[2, 1, 0, 1_000_000], 0, []]],
  ])('is refused: %s', (_what, base, patch) => {
    expect(() => applyPatch(base, patch, createRowBudget(20))).toThrow(
      expect.objectContaining({ name: 'MonitorError', code: 'invalidMessage' }),
    );
  });
});
