import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Preferences } from '../../../shared/preferences/preferences.ts';
import { isViewSetting, type SettingKey } from '../../../shared/settings/changeable-settings.ts';
import type { SettingsProblem, SettingsSnapshot } from '../../../shared/settings/settings-snapshot.ts';
import { changePreferences, usePreferences } from '../../preferences/preferences.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { noLimit, type Setting, type SettingValue } from './setting-list.ts';

/** The settings as a page may see and change them. */
export interface SettingsAccess {
  /** Null in a browser, which keeps its preferences itself. */
  readonly snapshot: SettingsSnapshot | null;
  readonly mayChange: (key: SettingKey) => boolean;
  readonly valueOf: (setting: Setting) => SettingValue;
  /** Without a value the default holds again. */
  readonly change: (setting: Setting, value?: SettingValue) => void;
  /** Whether the administrator of the machine has decided it. */
  readonly isLocked: (key: SettingKey) => boolean;
  readonly problemOf: (key: SettingKey) => SettingsProblem | undefined;
  /** Why the last change was not saved, for people; null where it was. */
  readonly failure: string | null;
}

/** The settings, renewed whenever they change, by whoever's hand. */
export function useSettings(): SettingsAccess {
  const preferences = usePreferences();
  const snapshot = useSnapshot();
  const [failure, setFailure] = useState<string | null>(null);

  const valueOf = useCallback(
    ({ key, defaultValue }: Setting): SettingValue => {
      if (isViewSetting(key)) return preferences[nameOf(key)] as SettingValue;
      const value = key
        .split('.')
        .reduce<unknown>(
          (each, step) => (each as Record<string, unknown> | undefined)?.[step],
          snapshot?.values,
        );
      if (value === null) return noLimit;
      return (value as SettingValue | undefined) ?? defaultValue;
    },
    [preferences, snapshot],
  );

  const change = useCallback(({ key, defaultValue }: Setting, value?: SettingValue): void => {
    setFailure(null);
    if (isViewSetting(key)) {
      changePreferences({ [nameOf(key)]: value ?? defaultValue });
      return;
    }
    const wanted = value === noLimit ? null : value;
    findBridge()
      ?.invoke('changeSettings', [{ key, value: wanted }])
      .then(
        (answer) => answer.status === 'failed' && setFailure(answer.message),
        (thrown: unknown) => setFailure(String(thrown)),
      );
  }, []);

  return useMemo(
    () => ({
      snapshot,
      mayChange: (key) => isViewSetting(key) || snapshot?.mayChangeAll === true,
      valueOf,
      change,
      isLocked: (key) => snapshot?.locked.includes(key) === true,
      problemOf: (key) => snapshot?.problems.find((problem) => problem.key === key),
      failure,
    }),
    [snapshot, valueOf, change, failure],
  );
}

function nameOf(key: SettingKey): keyof Preferences {
  return key.slice('view.'.length) as keyof Preferences;
}

function useSnapshot(): SettingsSnapshot | null {
  const [snapshot, setSnapshot] = useState(() => findBridge()?.settings.current() ?? null);
  useEffect(
    () => findBridge()?.settings.onChange(() => setSnapshot(findBridge()?.settings.current() ?? null)),
    [],
  );
  return snapshot;
}
