import { Fragment, useEffect, useState, type ReactNode } from 'react';
import { chooseLanguage, type AnyLanguage } from '../../shared/texts/languages.ts';
import { currentLanguage, setLanguage } from '../../shared/texts/texts.ts';
import { usePreferences } from '../preferences/preferences.ts';

/**
 * What is below is written in the language and units that were chosen, and written anew, whole, whenever another choice
 * is made: texts and figures are made by plain functions, which know of no page. Hold nothing below it that must outlive
 * that, such as a session.
 */
export function Localized({ children }: { readonly children: ReactNode }) {
  const { language, multiples, traffic, temperature, clock } = usePreferences();
  const wanted = language === 'system' ? chooseLanguage(navigator.languages) : language;
  const [shown, setShown] = useState<AnyLanguage>(currentLanguage);

  useEffect(() => {
    let isCurrent = true;
    void setLanguage(wanted).then(() => {
      document.documentElement.lang = wanted;
      if (isCurrent) setShown(wanted);
    });
    return () => {
      isCurrent = false;
    };
  }, [wanted]);

  return <Fragment key={[shown, multiples, traffic, temperature, clock].join()}>{children}</Fragment>;
}
