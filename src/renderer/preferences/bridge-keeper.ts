import { parsePreferences, type Preferences } from '../../shared/preferences/preferences.ts';
import type { PulsewireBridge } from '../../shared/protocol/ipc-channels.ts';
import type { SettingChange } from '../../shared/settings/changeable-settings.ts';
import type { PreferenceKeeper } from './preference-store.ts';

/**
 * Keeps preferences in the app's settings file, a change at a time; every window of the app follows, and so does a file
 * that is changed by hand. What is on its way to the file counts as kept; what the file cannot take (it is broken, or may
 * not be written) holds in this page until the file changes or the page closes, and the Settings page says why.
 */
export function createBridgeKeeper(bridge: Pick<PulsewireBridge, 'settings' | 'invoke'>): PreferenceKeeper {
  /** Wishes that the file does not have yet, each with how many changes of it are under way. */
  const wishes = new Map<keyof Preferences, { value: unknown; underWay: number }>();
  const listeners = new Set<() => void>();

  const read = (): Record<string, unknown> => {
    const kept: Record<string, unknown> = { ...bridge.settings.current()?.values.view };
    for (const [key, { value }] of wishes) kept[key] = value;
    return kept;
  };

  const send = async (
    changes: readonly SettingChange[],
    keys: readonly (keyof Preferences)[],
  ): Promise<void> => {
    const answer = await bridge.invoke('changeSettings', [...changes]).catch(() => null);
    for (const key of keys) {
      const wish = wishes.get(key);
      if (!wish) continue;
      wish.underWay--;
      if (wish.underWay === 0 && answer?.status === 'done') wishes.delete(key);
    }
  };

  bridge.settings.onChange(() => {
    for (const [key, { underWay }] of wishes) if (underWay === 0) wishes.delete(key);
    for (const listener of [...listeners]) listener();
  });

  return {
    read,
    write: (preferences) => {
      const kept = parsePreferences(read());
      const keys = (Object.keys(preferences) as (keyof Preferences)[]).filter(
        (key) => JSON.stringify(preferences[key]) !== JSON.stringify(kept[key]),
      );
      if (keys.length === 0) return;
      for (const key of keys) {
        const underWay = (wishes.get(key)?.underWay ?? 0) + 1;
        wishes.set(key, { value: preferences[key], underWay });
      }
      void send(
        keys.map((key) => ({ key: `view.${key}`, value: preferences[key] })),
        keys,
      );
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
