/** Numbers from 0 to 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * What a reading may have become a second later: counters risen or begun anew, fractions moved, rows and things gone
 * and come, figures lost and found. Often it is the same in most parts.
 */
export function evolve(value: unknown, random: () => number): unknown {
  if (typeof value === 'number') return evolveNumber(value, random);
  if (typeof value === 'string') return random() < 0.05 ? `${value}'` : value;
  if (Array.isArray(value)) return evolveArray(value, random);
  if (typeof value !== 'object' || value === null) return random() < 0.02 && value === null ? 7 : value;
  const entries = Object.entries(value);
  const length = commonLength(value);
  const edits = length === null ? [] : deriveEdits(length, random);
  return Object.fromEntries(
    entries.map(([key, item]: [string, unknown]) => {
      const isColumn = Array.isArray(item) && item.length === length;
      const rowed = isColumn ? applyEdits(item as unknown[], edits) : item;
      return [
        key,
        isColumn ? (rowed as unknown[]).map((cell) => evolve(cell, random)) : evolve(rowed, random),
      ];
    }),
  );
}

function evolveNumber(value: number, random: () => number): number {
  const roll = random();
  if (roll < 0.5) return value;
  if (roll < 0.8) return value + Math.floor(random() * 5_000);
  if (roll < 0.9) return Math.round((value + random()) * 100) / 100;
  return roll < 0.97 ? value + random() : 0;
}

function evolveArray(items: readonly unknown[], random: () => number): unknown[] {
  const edits = random() < 0.2 ? deriveEdits(items.length, random) : [];
  return applyEdits(items, edits).map((item) => evolve(item, random));
}

type Edit = { readonly at: number; readonly kind: 'remove' | 'repeat' };

function deriveEdits(length: number, random: () => number): Edit[] {
  const edits: Edit[] = [];
  while (length > 0 && random() < 0.4) {
    edits.push({ at: Math.floor(random() * length), kind: random() < 0.5 ? 'remove' : 'repeat' });
  }
  return edits;
}

function applyEdits(items: readonly unknown[], edits: readonly Edit[]): unknown[] {
  const edited = [...items];
  for (const { at, kind } of edits) {
    if (kind === 'remove') edited.splice(at, 1);
    else if (at < edited.length) edited.splice(at, 0, edited[at]);
  }
  return edited;
}

/** Of an object that is a table in columns: how many rows it has. */
function commonLength(value: object): number | null {
  const lengths = Object.values(value).flatMap((item: unknown) => (Array.isArray(item) ? [item.length] : []));
  return lengths.find((length) => lengths.filter((other) => other === length).length >= 3) ?? null;
}
