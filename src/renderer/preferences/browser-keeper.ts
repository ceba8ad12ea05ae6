import { readSetting, settingKeys, writeSetting } from '../settings.ts';
import type { PreferenceKeeper } from './preference-store.ts';

/** Keeps preferences in the browser; other tabs of the same host follow. */
export const browserKeeper: PreferenceKeeper = {
  read: () => {
    try {
      return JSON.parse(readSetting('preferences') ?? 'null') as unknown;
    } catch {
      // Not ours, or cut off: as if there were none.
      return null;
    }
  },
  write: (preferences) => writeSetting('preferences', JSON.stringify(preferences)),
  onChange: (listener) => {
    const hear = ({ key }: StorageEvent): void => {
      if (key === settingKeys.preferences || key === null) listener();
    };
    window.addEventListener('storage', hear);
    return () => window.removeEventListener('storage', hear);
  },
};
