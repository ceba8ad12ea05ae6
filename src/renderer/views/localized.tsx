import { Fragment, useEffect, useState, type ReactNode } from 'react';
import { setFormats, type Formats } from '../../shared/series/formats.ts';
import { chooseLanguage, chooseLocale, type AnyLanguage } from '../../shared/texts/languages.ts';
import { setLanguage } from '../../shared/texts/texts.ts';
import { usePreferences } from '../preferences/preferences.ts';

/**
 * What is below is written in the language and units that were chosen, and written anew, whole, whenever another choice
 * is made: texts and figures are made by plain functions, which know of no page. Nothing is drawn until they are in
 * force. Hold nothing below it that must outlive a change, such as a session.
 */
export function Localized({ children }: { readonly children: ReactNode }) {
  const { language: chosen, multiples, traffic, temperature, clock } = usePreferences();
  const language = chosen === 'system' ? chooseLanguage(navigator.languages) : chosen;
  const [shown, setShown] = useState<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    const locale = chooseLocale(language, navigator.languages);
    void speak(language, { locale, multiples, traffic, temperature, clock }, () => isCurrent).then(() => {
      if (isCurrent) setShown([language, locale, multiples, traffic, temperature, clock].join());
    });
    return () => {
      isCurrent = false;
    };
  }, [language, multiples, traffic, temperature, clock]);

  return shown === null ? null : <Fragment key={shown}>{children}</Fragment>;
}

/** Puts both in force at once, unless others were chosen while the language's texts were on their way. */
async function speak(language: AnyLanguage, formats: Formats, isCurrent: () => boolean): Promise<void> {
  await setLanguage(language);
  if (!isCurrent()) return;
  setFormats(formats);
  document.documentElement.lang = language;
}
