import { Fragment, useEffect, useMemo, useState, type ReactNode } from 'react';
import { usePreferences } from '../preferences/preferences.ts';
import { deriveSpeech, nameSpeech, speak, spokenSpeech } from '../speech.ts';

/**
 * What is below is written in the language and units that were chosen, and written anew, whole, whenever another choice
 * is made: texts and figures are made by plain functions, which know of no page. Nothing is drawn until they are in
 * force, as they are from the start where the page has begun with them. Hold nothing below it that must outlive a change,
 * such as a session.
 */
export function Localized({ children }: { readonly children: ReactNode }) {
  const preferences = usePreferences();
  const speech = useMemo(() => deriveSpeech(preferences), [preferences]);
  const name = nameSpeech(speech);
  const [shown, setShown] = useState(spokenSpeech);

  useEffect(() => {
    let isCurrent = true;
    const isThere = spokenSpeech() === name ? Promise.resolve() : speak(speech, () => isCurrent);
    void isThere.then(() => {
      if (isCurrent) setShown(name);
    });
    return () => {
      isCurrent = false;
    };
  }, [speech, name]);

  return shown === null ? null : <Fragment key={shown}>{children}</Fragment>;
}
