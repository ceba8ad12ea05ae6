import { choices, defaultPreferences, type Preferences } from '../../../shared/preferences/preferences.ts';
import {
  cadencesMs,
  defaultAppSettings,
  defaultCadenceMs,
  updateChoices,
} from '../../../shared/settings/app-settings.ts';
import type { HostSettingKey, SettingKey } from '../../../shared/settings/changeable-settings.ts';
import { pseudoLanguage } from '../../../shared/texts/languages.ts';
import { t } from '../../../shared/texts/texts.ts';

export type SettingValue = string | number | boolean;

/** One setting as the page shows it. Texts are functions, since the language comes later. */
export interface Setting {
  readonly key: SettingKey;
  readonly label: () => string;
  readonly help: () => string;
  readonly defaultValue: SettingValue;
  /** On or off where there are none. */
  readonly options?: readonly { readonly value: SettingValue; readonly label: () => string }[];
}

export interface SettingGroup {
  readonly name: 'general' | 'notifications' | 'appearance' | 'units' | 'sampling';
  readonly title: () => string;
  readonly settings: readonly Setting[];
}

/** No limit, where a list of figures is chosen from: JSON has null for it, a choice has none. */
export const noLimit = 'none';
/** Of `budget.cpuShare` where the file says nothing; see docs/decisions/0008-governor.md. */
const defaultCpuShare = 0.02;
const cpuShares = [0.005, 0.01, 0.02, 0.05, 0.1] as const;

const asSystem = () => t('settings:values.system');

function view<Key extends keyof Preferences & keyof typeof choices>(
  key: Key,
  label: () => string,
  help: () => string,
  names: Readonly<Record<(typeof choices)[Key][number], () => string>>,
): Setting {
  const options = choices[key].map((value) => ({
    value,
    label: (names as Readonly<Record<string, () => string>>)[String(value)] ?? (() => String(value)),
  }));
  return { key: `view.${key}`, label, help, defaultValue: defaultPreferences[key], options };
}

function toggle(key: HostSettingKey, label: () => string, help: () => string, isOn: boolean): Setting {
  return { key, label, help, defaultValue: isOn };
}

const { notifications } = defaultAppSettings;

/** A share of a core as people read it. */
export function formatCpuShare(share: number): string {
  return t('settings:budget.share', { percent: String(Math.round(share * 1_000) / 10) });
}

/** An interval as people read it. */
export function formatCadence(intervalMs: number): string {
  if (intervalMs <= defaultCadenceMs) return t('settings:cadence.fastest');
  return t('settings:cadence.seconds', { count: intervalMs / 1_000 });
}

/** In the section of updates, which shows besides how far they are. */
export const updateSetting: Setting = {
  key: 'app.updates',
  label: () => t('settings:updates.label'),
  help: () => t('settings:updates.help'),
  defaultValue: defaultAppSettings.updates,
  options: updateChoices.map((value) => ({ value, label: () => t(`settings:updates.${value}`) })),
};

/** Every setting that is chosen from a list or turned on and off, in the order of the page. */
export const settingGroups: readonly SettingGroup[] = [
  {
    name: 'general',
    title: () => t('settings:groups.general'),
    settings: [
      toggle(
        'app.startAtLogin',
        () => t('settings:startAtLogin.label'),
        () => t('settings:startAtLogin.help'),
        defaultAppSettings.startAtLogin,
      ),
      toggle(
        'app.startHidden',
        () => t('settings:startHidden.label'),
        () => t('settings:startHidden.help'),
        defaultAppSettings.startHidden,
      ),
      toggle(
        'app.closeToTray',
        () => t('settings:closeToTray.label'),
        () => t('settings:closeToTray.help'),
        defaultAppSettings.closeToTray,
      ),
    ],
  },
  {
    name: 'notifications',
    title: () => t('settings:groups.notifications'),
    settings: [
      toggle(
        'app.notifications.pairing',
        () => t('settings:noticePairing.label'),
        () => t('settings:noticePairing.help'),
        notifications.pairing,
      ),
      toggle(
        'app.notifications.newDevice',
        () => t('settings:noticeNewDevice.label'),
        () => t('settings:noticeNewDevice.help'),
        notifications.newDevice,
      ),
      toggle(
        'app.notifications.diskFull',
        () => t('settings:noticeDiskFull.label'),
        () => t('settings:noticeDiskFull.help'),
        notifications.diskFull,
      ),
    ],
  },
  {
    name: 'appearance',
    title: () => t('settings:groups.appearance'),
    settings: [
      view(
        'theme',
        () => t('settings:theme.label'),
        () => t('settings:theme.help'),
        { system: asSystem, light: () => t('settings:theme.light'), dark: () => t('settings:theme.dark') },
      ),
      view(
        'contrast',
        () => t('settings:contrast.label'),
        () => t('settings:contrast.help'),
        {
          system: asSystem,
          normal: () => t('settings:contrast.normal'),
          high: () => t('settings:contrast.high'),
        },
      ),
      view(
        'density',
        () => t('settings:density.label'),
        () => t('settings:density.help'),
        {
          comfortable: () => t('settings:density.comfortable'),
          compact: () => t('settings:density.compact'),
        },
      ),
      view(
        'motion',
        () => t('settings:motion.label'),
        () => t('settings:motion.help'),
        { system: asSystem, reduced: () => t('settings:motion.reduced') },
      ),
      view(
        'language',
        () => t('settings:language.label'),
        () => t('settings:language.help'),
        {
          system: asSystem,
          en: () => t('settings:language.en'),
          de: () => t('settings:language.de'),
          [pseudoLanguage]: () => t('settings:language.pseudo'),
        },
      ),
      view(
        'shortcuts',
        () => t('settings:shortcuts.label'),
        () => t('settings:shortcuts.help'),
        { on: () => t('settings:values.on'), off: () => t('settings:values.off') },
      ),
    ],
  },
  {
    name: 'units',
    title: () => t('settings:groups.units'),
    settings: [
      view(
        'multiples',
        () => t('settings:multiples.label'),
        () => t('settings:multiples.help'),
        { binary: () => t('settings:multiples.binary'), decimal: () => t('settings:multiples.decimal') },
      ),
      view(
        'traffic',
        () => t('settings:traffic.label'),
        () => t('settings:traffic.help'),
        { bytes: () => t('settings:traffic.bytes'), bits: () => t('settings:traffic.bits') },
      ),
      view(
        'temperature',
        () => t('settings:temperature.label'),
        () => t('settings:temperature.help'),
        {
          celsius: () => t('settings:temperature.celsius'),
          fahrenheit: () => t('settings:temperature.fahrenheit'),
        },
      ),
      view(
        'clock',
        () => t('settings:clock.label'),
        () => t('settings:clock.help'),
        { system: asSystem, '24h': () => t('settings:clock.24h'), '12h': () => t('settings:clock.12h') },
      ),
    ],
  },
  {
    name: 'sampling',
    title: () => t('settings:groups.sampling'),
    settings: [
      {
        key: 'sampling.intervalMs',
        label: () => t('settings:cadence.label'),
        help: () => t('settings:cadence.help'),
        defaultValue: defaultCadenceMs,
        options: cadencesMs.map((value) => ({ value, label: () => formatCadence(value) })),
      },
      {
        key: 'budget.cpuShare',
        label: () => t('settings:budget.label'),
        help: () => t('settings:budget.help'),
        defaultValue: defaultCpuShare,
        options: [
          ...cpuShares.map((value) => ({ value, label: () => formatCpuShare(value) })),
          { value: noLimit, label: () => t('settings:values.none') },
        ],
      },
    ],
  },
];
