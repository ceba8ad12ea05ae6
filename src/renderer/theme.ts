import { readSetting, writeSetting } from './settings.ts';

/** What people choose between; `system` follows the desktop. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const listeners = new Set<() => void>();

/** The theme that was chosen. */
export function currentTheme(): Theme {
  return themes.find((theme) => theme === readSetting('theme')) ?? 'system';
}

/** Chooses a theme, at once and for the next time. */
export function setTheme(theme: Theme): void {
  writeSetting('theme', theme === 'system' ? null : theme);
  applyTheme();
  notify();
}

/** Puts the chosen theme in force. Called before anything is drawn. */
export function applyTheme(): void {
  const theme = currentTheme();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Hears whenever colours may have changed: by choice, or with the desktop. Returns the unsubscribe. */
export function onThemeChange(listener: () => void): () => void {
  followDesktop();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

let desktop: MediaQueryList | null = null;

/** For as long as the page lives: colours that were read are wrong after a change that nobody listened to as well. */
function followDesktop(): void {
  if (desktop) return;
  desktop = matchMedia('(prefers-color-scheme: dark)');
  desktop.addEventListener('change', notify);
}

let generation = 0;

/** Rises whenever colours may have changed, before anybody hears of it: for whoever keeps colours that it has read. */
export function themeGeneration(): number {
  return generation;
}

function notify(): void {
  generation++;
  for (const listener of [...listeners]) listener();
}
