import { useSyncExternalStore } from 'react';
import { defaultPreferences, type Preferences } from '../../shared/preferences/preferences.ts';
import { PreferenceStore, type PreferenceKeeper } from './preference-store.ts';

/** Before a page has said where they are kept (in tests, in the gallery) they are the defaults, and are forgotten. */
const forgetful: PreferenceKeeper = {
  read: () => defaultPreferences,
  write: () => undefined,
  onChange: () => () => undefined,
};

let store = new PreferenceStore(forgetful);

/** Says where this page's preferences are kept. Called once, before anything is drawn. */
export function keepPreferences(keeper: PreferenceKeeper): void {
  store = new PreferenceStore(keeper);
}

/** The page's preferences as they are now. */
export function readPreferences(): Preferences {
  return store.current();
}

/** Changes those that are named, at once and for the next time. */
export function changePreferences(wanted: Partial<Preferences>): void {
  store.change(wanted);
}

/** Hears of every change. Returns the unsubscribe. */
export function onPreferences(listener: () => void): () => void {
  return store.onChange(listener);
}

/** The page's preferences; renders again when they change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(store.onChange, store.current);
}
