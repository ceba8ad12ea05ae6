import type * as v from 'valibot';

type NullableKeys<Figures> = { [K in keyof Figures]: null extends Figures[K] ? K : never }[keyof Figures];
/** Those of a subject's figures that a machine need not have, all of them not known. */
export type Unknown<Figures> = { [K in NullableKeys<Figures>]: null };

/** For platforms that say less: every nullable figure of the schema as null. */
export function createUnknown<Entries extends v.ObjectEntries>(
  schema: v.ObjectSchema<Entries, undefined>,
): Unknown<v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  const nullable = Object.entries(schema.entries).filter(([, entry]) => entry.type === 'nullable');
  return Object.fromEntries(nullable.map(([key]) => [key, null])) as Unknown<
    v.InferOutput<v.ObjectSchema<Entries, undefined>>
  >;
}
