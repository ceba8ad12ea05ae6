import { app, nativeTheme } from 'electron';
import type { Preferences } from '../../shared/preferences/preferences.ts';
import { chooseLanguage } from '../../shared/texts/languages.ts';
import { setLanguage } from '../../shared/texts/texts.ts';

/**
 * Puts the chosen theme and language in force for what the main process draws itself: window frames and backgrounds, menus,
 * notifications. With the theme pages take `prefers-color-scheme` from here, too.
 */
export async function followView({
  theme,
  language,
}: Pick<Preferences, 'theme' | 'language'>): Promise<void> {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
  await setLanguage(language === 'system' ? chooseLanguage(app.getPreferredSystemLanguages()) : language);
}
