import { derivePlain } from './message-pack.ts';
import { applyRows, deriveRows, maxColumns, type RowBudget, type Rows } from './rows.ts';
import { deriveScaled } from './scaled.ts';

type Values = Readonly<Record<string, unknown>>;

/** Fractions with more decimals than that are sent whole. */
const maxDecimals = 9;
/** From so many arrays of one length on, an object is taken for a table with a column in each. */
const leastColumns = 3;

/**
 * The smallest patch known here that makes `next` of `base` (see `applyPatch`); undefined where they do not differ.
 * Both are as a collector made them: what JSON would leave out or write as null is taken so.
 */
function derivePatch(base: unknown, next: unknown): unknown {
  if (base === next) return undefined;
  if (typeof next === 'number') return deriveNumberPatch(base, next);
  if (typeof next !== 'object' || typeof base !== 'object' || next === null || base === null) {
    return isNothing(next) && isNothing(base) ? undefined : deriveWhole(next);
  }
  if (Array.isArray(next)) return Array.isArray(base) ? deriveArrayPatch(base, next) : deriveWhole(next);
  return Array.isArray(base) ? deriveWhole(next) : deriveObjectPatch(base as Values, next as Values);
}

/** Likewise, but with the patch of nothing where they do not differ. */
export function deriveFullPatch(base: unknown, next: unknown): unknown {
  const patch = derivePatch(base, next);
  return patch === undefined ? [] : patch;
}

/** A value in the place of whatever was there. */
function deriveWhole(value: unknown): unknown {
  const plain = derivePlain(value);
  return Array.isArray(plain) ? [plain] : plain;
}

function deriveNumberPatch(base: unknown, next: number): unknown {
  if (!Number.isFinite(next)) return isNothing(base) ? undefined : null;
  if (typeof base !== 'number' || !Number.isFinite(base)) return next;
  if (Number.isSafeInteger(base) && Number.isSafeInteger(next)) {
    const difference = next - base;
    return Number.isSafeInteger(difference) ? difference : [next];
  }
  for (let decimals = 1; decimals <= maxDecimals; decimals++) {
    const difference = deriveScaled(base, next, decimals);
    if (difference !== null) return [difference, decimals];
  }
  return [next];
}

function deriveArrayPatch(base: readonly unknown[], next: readonly unknown[]): unknown {
  const rows = deriveArrayRows(base, next);
  // Rows of nothing cost no bytes, so that a reader would not believe them.
  if (rows && (next.length === 0 || next.some(isNothing))) return deriveWhole(next);
  const rowed = rows ? (applyRows(base, rows, unbounded()) as readonly unknown[]) : base;
  return finish(listChanges(rows, next.length, (at) => derivePatch(rowed[at], next[at])));
}

function deriveObjectPatch(base: Values, next: Values): unknown {
  const keys = keysOf(next);
  if (!isAlike(keys, keysOf(base))) return derivePlain(next);
  const rows = deriveTableRows(keys, base, next);
  const rowed = rows ? (applyRows(base, rows, unbounded()) as Values) : base;
  return finish(listChanges(rows, keys.length, (at) => derivePatch(rowed[keys[at]!], next[keys[at]!])));
}

/** The changes of so many places, each after how many before it have none. */
function listChanges(rows: unknown, count: number, changeAt: (at: number) => unknown): unknown[] {
  const patch: unknown[] = rows ? [rows] : [];
  let skipped = 0;
  for (let at = 0; at < count; at++) {
    const change = changeAt(at);
    if (change === undefined) {
      skipped++;
      continue;
    }
    patch.push(skipped, change);
    skipped = 0;
  }
  return patch;
}

/** Rows alone would be read as a value in place of the base: a change of nothing stands beside them. */
function finish(patch: unknown[]): unknown {
  if (patch.length === 0) return undefined;
  if (patch.length === 1) patch.push(0, []);
  return patch;
}

function deriveArrayRows(base: readonly unknown[], next: readonly unknown[]): Rows | null {
  const isOfObjects = isObject(next[0]) && isObject(base[0]);
  if (!isOfObjects) return base.length === next.length ? null : deriveRows(base, next);
  return deriveRows(base.map(identityOf), next.map(identityOf));
}

/** What is most likely to tell a thing in a list from the others: its first text, such as a name, else its first number. */
function identityOf(item: unknown): unknown {
  if (!isObject(item)) return item;
  let firstNumber: unknown = null;
  for (const key in item) {
    const value = (item as Values)[key];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') firstNumber ??= value;
  }
  return firstNumber;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Of a table in columns, told by the first column of numbers: rows that went and came. */
function deriveTableRows(keys: readonly string[], base: Values, next: Values): Rows | null {
  const columns: [base: readonly unknown[], next: readonly unknown[]][] = [];
  for (const key of keys) {
    const [column, nextColumn] = [base[key], next[key]];
    if (Array.isArray(column) && Array.isArray(nextColumn)) columns.push([column, nextColumn]);
  }
  if (columns.length < leastColumns || columns.length > maxColumns) return null;
  for (const [column, nextColumn] of columns) {
    if (nextColumn.length === 0 || !nextColumn.every(Number.isFinite)) continue;
    const alike = columns.filter(([{ length }]) => length === column.length);
    const isTable =
      alike.length >= leastColumns && alike.every(([, { length }]) => length === nextColumn.length);
    if (isTable) return deriveRows(column, nextColumn);
  }
  return null;
}

function keysOf(values: Values): readonly string[] {
  const keys = Object.keys(values);
  for (const key of keys) {
    if (values[key] === undefined) return keys.filter((one) => values[one] !== undefined);
  }
  return keys;
}

function isAlike(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

function unbounded(): RowBudget {
  return { cells: Infinity };
}

/** What JSON writes as null. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value));
}
