/** Languages with a complete catalogue, by their BCP 47 tags. The first is what the others are translated from. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** English in disguise, made from its catalogue: shows which texts are in none, and what a third more length does. */
export const pseudoLanguage = 'en-XA';
export type AnyLanguage = Language | typeof pseudoLanguage;

/** The language that serves somebody who reads `wanted`, the best first: `de-AT` is served by `de`. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [primary] = tag.toLowerCase().split('-');
    const found = languages.find((language) => language === primary);
    if (found) return found;
  }
  return languages[0];
}

/** The locale of numbers and times beside texts in `language`: a region of it that is wanted, else the language itself. */
export function chooseLocale(language: AnyLanguage, wanted: readonly string[]): string {
  const [primary] = language.split('-');
  const isOfLanguage = (tag: string): boolean => tag.toLowerCase().split('-')[0] === primary;
  return wanted.find(isOfLanguage) ?? primary!;
}
