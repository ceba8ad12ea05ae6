import fc from 'fast-check';
import type { AnySchema } from '../../../testing/any-schema.ts';

/** Anything that a schema takes, counters of every size and texts of anybody's among it. */
export function arbitraryOf(given: unknown): fc.Arbitrary<unknown> {
  const schema = given as AnySchema;
  const limit = (type: string): number | undefined =>
    schema.pipe?.find((step) => step.type === type)?.requirement as number | undefined;
  switch (schema.type) {
    case 'object': {
      const entries = Object.entries(schema.entries!);
      const optional = entries.filter(([, { type }]) => type === 'optional').map(([key]) => key);
      return fc.record(Object.fromEntries(entries.map(([key, entry]) => [key, arbitraryOf(entry)])), {
        requiredKeys: entries.map(([key]) => key).filter((key) => !optional.includes(key)),
      });
    }
    case 'array':
      return fc.array(arbitraryOf(schema.item), { maxLength: 5 });
    case 'nullable':
      return fc.oneof(
        { weight: 1, arbitrary: fc.constant(null) },
        { weight: 3, arbitrary: arbitraryOf(schema.wrapped) },
      );
    case 'optional':
      return arbitraryOf(schema.wrapped);
    case 'picklist':
      return fc.constantFrom(...schema.options!);
    case 'literal':
      return fc.constant(schema.literal);
    case 'variant':
    case 'union':
      return fc.oneof(...schema.options!.map(arbitraryOf));
    case 'record':
      return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), arbitraryOf(schema.value), {
        noNullPrototype: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.string({ unit: 'grapheme', maxLength: Math.min(limit('max_length') ?? 12, 12) });
    case 'number':
      return arbitraryNumber(limit('min_value') ?? -1e15, limit('max_value') ?? Number.MAX_SAFE_INTEGER);
    default:
      throw new Error(`There is no generator for a schema of type ${schema.type}.`);
  }
}

function arbitraryNumber(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: Math.max(Math.ceil(min), 0), max: Math.min(max, 1_000_000) }),
    fc.maxSafeInteger().filter((value) => value >= min && value <= max),
    fc
      .integer({ min: Math.max(min, -1e6) * 1_000, max: Math.min(max, 1e6) * 1_000 })
      .map((value) => value / 1_000),
    fc.double({ min, max, noNaN: true, noDefaultInfinity: true }),
  );
}
