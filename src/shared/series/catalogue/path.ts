type Leaf = number | string | boolean;

/**
 * Where in a topic's data a field of the type `Wanted` lies: `cores[].times.user` is that of each core,
 * `activeResources.*` each value of a record, `pid[]` each value of a column.
 */
export type PathOf<Data, Wanted extends Leaf, Before extends string = ''> = Data extends null
  ? never
  : Data extends Leaf
    ? Data extends Wanted
      ? Before
      : never
    : Data extends readonly (infer Item)[]
      ? PathOf<Item, Wanted, `${Before}[]`>
      : Data extends object
        ? string extends keyof Data
          ? PathOf<Data[keyof Data], Wanted, Join<Before, '*'>>
          : { [Key in keyof Data & string]: PathOf<Data[Key], Wanted, Join<Before, Key>> }[keyof Data &
              string]
        : never;

type Join<Before extends string, Key extends string> = Before extends '' ? Key : `${Before}.${Key}`;

/** One value at a path. `row` is the entry of the innermost list that it lies in, or the topic's data themselves. */
export interface Found {
  readonly value: unknown;
  readonly row: Readonly<Record<string, unknown>>;
}

/** The steps of a path: keys, `*`, and `[]`. */
export function parsePath(path: string): string[] {
  return path.match(/[^.[\]]+|\[\]/g) ?? [];
}

/** The path of the innermost list's entries that a path leads through; `''` without one. */
export function deriveRowPath(path: string): string {
  const at = path.lastIndexOf('[]');
  return at < 0 ? '' : path.slice(0, at + 2);
}

/** Every value at the path that `steps` tell; those under a null or absent field are not there. */
export function* findValues(data: unknown, steps: readonly string[]): Generator<Found> {
  yield* walk(data, data as Found['row'], steps, 0);
}

function* walk(at: unknown, row: Found['row'], steps: readonly string[], index: number): Generator<Found> {
  const step = steps[index];
  if (step === undefined) {
    yield { value: at, row };
    return;
  }
  if (typeof at !== 'object' || at === null) return;
  if (step === '[]') {
    for (const item of at as readonly unknown[]) yield* walk(item, item as Found['row'], steps, index + 1);
  } else if (step === '*') {
    for (const item of Object.values(at)) yield* walk(item, row, steps, index + 1);
  } else {
    yield* walk((at as Found['row'])[step], row, steps, index + 1);
  }
}
