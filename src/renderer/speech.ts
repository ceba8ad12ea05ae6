import { setFormats, type Formats } from '../shared/series/formats.ts';
import type { Preferences } from '../shared/preferences/preferences.ts';
import { chooseLanguage, chooseLocale, type AnyLanguage } from '../shared/texts/languages.ts';
import { setLanguage } from '../shared/texts/texts.ts';

/** In which language and formats a page is written. */
export interface Speech extends Formats {
  readonly language: AnyLanguage;
}

let spoken: string | null = null;

/** What was chosen, in what the browser offers. */
export function deriveSpeech(preferences: Preferences): Speech {
  const { language: chosen, multiples, traffic, temperature, clock } = preferences;
  const language = chosen === 'system' ? chooseLanguage(navigator.languages) : chosen;
  const locale = chooseLocale(language, navigator.languages);
  return { language, locale, multiples, traffic, temperature, clock };
}

/** A name of it: two of one name write alike. */
export function nameSpeech({ language, locale, multiples, traffic, temperature, clock }: Speech): string {
  return [language, locale, multiples, traffic, temperature, clock].join();
}

/** Name of what is in force; null before the first. */
export function spokenSpeech(): string | null {
  return spoken;
}

/** Puts language and formats in force at once, unless others were chosen while the language's texts were on their way. */
export async function speak(speech: Speech, isCurrent: () => boolean = () => true): Promise<void> {
  const { language, ...formats } = speech;
  await setLanguage(language);
  if (!isCurrent()) return;
  setFormats(formats);
  document.documentElement.lang = language;
  spoken = nameSpeech(speech);
}
