import { onPreferences, readPreferences } from './preferences/preferences.ts';

/** Puts the chosen look in force, now and whenever another is chosen. Called once, before anything is drawn. */
export function followLook(): void {
  applyLook();
  onPreferences(() => {
    applyLook();
    notify();
  });
}

/** As attributes of the document, by which the style sheets go; without one the desktop decides. */
function applyLook(): void {
  const { theme, contrast, density, motion } = readPreferences();
  const { dataset } = document.documentElement;
  for (const [name, choice] of Object.entries({ theme, contrast, density, motion })) {
    if (choice === 'system') delete dataset[name];
    else dataset[name] = choice;
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
