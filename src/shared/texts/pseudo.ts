const accents: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'í',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  A: 'Á',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  I: 'Í',
  N: 'Ñ',
  O: 'Ö',
  S: 'Š',
  U: 'Û',
};

/** Begins and ends each text of the pseudo-language: what is seen without them is in no catalogue, or cut off. */
export const pseudoMarks = ['⟦', '⟧'] as const;

/** A text in disguise: marked, accented, a third longer; its placeholders as they are. */
export function disguise(text: string): string {
  const accented = text.replaceAll(/\{\{[^}]*\}\}|<[^>]*>|[a-zA-Z]/g, (part) =>
    part.length > 1 ? part : (accents[part] ?? part),
  );
  // In words, so that it breaks where a longer text would.
  const more = '~'.repeat(Math.ceil(text.length / 3)).replaceAll(/~{8}(?=~)/g, '~~~~~~~ ');
  return `${pseudoMarks[0]}${accented}${more}${pseudoMarks[1]}`;
}

/** The same of a whole catalogue, or of a part of one. */
export function disguiseAll<Texts extends object>(texts: Texts): Texts {
  const entries = Object.entries(texts).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? disguise(value) : disguiseAll(value as object),
  ]);
  return Object.fromEntries(entries) as Texts;
}
