import { app, nativeTheme } from 'electron';
import type { Preferences } from '../../shared/preferences/preferences.ts';
import { setFormats } from '../../shared/series/formats.ts';
import { chooseLanguage, chooseLocale } from '../../shared/texts/languages.ts';
import { setLanguage } from '../../shared/texts/texts.ts';

/**
 * Puts the chosen theme, language and units in force for what the main process draws itself: window frames and backgrounds,
 * menus, notifications, the tray. With the theme pages take `prefers-color-scheme` from here, too. What was written in
 * another language is written anew by the caller.
 */
export async function followView(view: Preferences): Promise<void> {
  const { theme, language: chosen, multiples, traffic, temperature, clock } = view;
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
  const wanted = app.getPreferredSystemLanguages();
  const language = chosen === 'system' ? chooseLanguage(wanted) : chosen;
  await setLanguage(language);
  setFormats({ locale: chooseLocale(language, wanted), multiples, traffic, temperature, clock });
}
