import type { Preferences } from '../shared/preferences/preferences.ts';
import { onPreferences, readPreferences } from './preferences/preferences.ts';

/** What the desktop asks of every program. */
export interface DesktopLook {
  readonly wantsContrast: boolean;
  readonly wantsLessMotion: boolean;
}

/** The attributes of the document by which the style sheets go; an absent one is taken away. Colours follow the desktop by themselves. */
export function deriveLook(
  { theme, contrast, density, motion }: Preferences,
  { wantsContrast, wantsLessMotion }: DesktopLook,
): Readonly<Record<'theme' | 'contrast' | 'density' | 'motion', string | undefined>> {
  return {
    theme: theme === 'system' ? undefined : theme,
    contrast: contrast === 'high' || (contrast === 'system' && wantsContrast) ? 'high' : undefined,
    density,
    motion: motion === 'reduced' || wantsLessMotion ? 'reduced' : undefined,
  };
}

/** Puts the chosen look in force, now and whenever it or the desktop's changes. Called once, before anything is drawn. */
export function followLook(): void {
  const queries = Object.values(desktopQueries).map((query) => matchMedia(query));
  const apply = (): void => {
    applyLook();
    notify();
  };
  for (const query of queries) query.addEventListener('change', apply);
  applyLook();
  onPreferences(apply);
}

const desktopQueries = {
  contrast: '(prefers-contrast: more)',
  motion: '(prefers-reduced-motion: reduce)',
} as const;

function applyLook(): void {
  const look = deriveLook(readPreferences(), {
    wantsContrast: matchMedia(desktopQueries.contrast).matches,
    wantsLessMotion: matchMedia(desktopQueries.motion).matches,
  });
  const { dataset } = document.documentElement;
  for (const [name, value] of Object.entries(look)) {
    if (value === undefined) delete dataset[name];
    else dataset[name] = value;
  }
}

/** Hears whenever colours may have changed: by choice, or with the desktop. Returns the unsubscribe. */
export function onThemeChange(listener: () => void): () => void {
  followDesktop();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const listeners = new Set<() => void>();
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
