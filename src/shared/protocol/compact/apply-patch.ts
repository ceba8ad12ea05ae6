import { MonitorError } from '../../lifecycle/monitor-error.ts';
import { applyRows, type RowBudget } from './rows.ts';
import { addScaled } from './scaled.ts';

/**
 * What becomes of `base` by a patch, which is any decoded value. The base stays as it is, and what the patch does not
 * touch is shared with it. Throws MonitorError `invalidMessage` where the patch cannot be one of this base.
 *
 * | patch | base | result |
 * | --- | --- | --- |
 * | `[value]` | any | the value |
 * | `[]` | any | the base |
 * | integer | number | the sum |
 * | `[d, k]` | number | `d` units of its k-th decimal further on, see `addScaled` |
 * | `[skip, patch, skip, patch …]` | array | items patched, each after as many as it skips that stay as they are |
 * | the same | object | the values of its keys patched, in the order in which they came |
 * | `[rows, skip, patch …]` | array, object | rows taken out and put in, see `applyRows`, and then patched |
 * | anything else | any | the patch itself |
 */
export function applyPatch(base: unknown, patch: unknown, budget: RowBudget): unknown {
  if (!Array.isArray(patch)) {
    return typeof base === 'number' && Number.isInteger(patch) ? base + (patch as number) : patch;
  }
  const list = patch as readonly unknown[];
  if (list.length === 0) return base;
  if (list.length === 1) return list[0];
  if (typeof base === 'number') return applyScaled(base, list);
  if (typeof base !== 'object' || base === null) throw mismatch();
  const hasRows = list.length % 2 === 1;
  const rowed = hasRows ? applyRows(base, list[0], budget) : base;
  const start = hasRows ? 1 : 0;
  return Array.isArray(rowed)
    ? patchItems([...(rowed as unknown[])], list, start, budget)
    : patchValues({ ...rowed }, list, start, budget);
}

function patchItems(items: unknown[], list: readonly unknown[], start: number, budget: RowBudget): unknown {
  let next = 0;
  for (let at = start; at < list.length; at += 2) {
    const index = next + parseSkip(list[at], items.length - next);
    items[index] = applyPatch(items[index], list[at + 1], budget);
    next = index + 1;
  }
  return items;
}

function patchValues(
  values: Record<string, unknown>,
  list: readonly unknown[],
  start: number,
  budget: RowBudget,
): unknown {
  const keys = Object.keys(values);
  let next = 0;
  for (let at = start; at < list.length; at += 2) {
    const index = next + parseSkip(list[at], keys.length - next);
    const key = keys[index]!;
    values[key] = applyPatch(values[key], list[at + 1], budget);
    next = index + 1;
  }
  return values;
}

function applyScaled(base: number, [d, k, ...rest]: readonly unknown[]): number {
  const isScaled = Number.isSafeInteger(d) && Number.isInteger(k) && rest.length === 0;
  if (!isScaled || (k as number) < 1 || (k as number) > 9) throw mismatch();
  return addScaled(base, d as number, k as number);
}

function parseSkip(skip: unknown, left: number): number {
  if (typeof skip !== 'number' || !Number.isInteger(skip) || skip < 0 || skip >= left) throw mismatch();
  return skip;
}

function mismatch(): MonitorError {
  return new MonitorError('invalidMessage', 'The change does not fit what it is to change.');
}
