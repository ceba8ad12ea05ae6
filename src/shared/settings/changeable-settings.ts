import * as v from 'valibot';
import { preferencesSchema, type Preferences } from '../preferences/preferences.ts';
import { appSettingsSchema, samplingSettingsSchema } from './app-settings.ts';

const { notifications, ...app } = appSettingsSchema.entries;

/** As in the budget of the host, whose own schema is the finer one: the file is checked against it in any case. */
const cpuShareSchema = v.nullable(v.pipe(v.number(), v.minValue(0.001)));

const hostEntries = {
  'app.startAtLogin': app.startAtLogin,
  'app.startHidden': app.startHidden,
  'app.closeToTray': app.closeToTray,
  'app.updates': app.updates,
  'app.notifications.pairing': notifications.wrapped.entries.pairing,
  'app.notifications.newDevice': notifications.wrapped.entries.newDevice,
  'app.notifications.diskFull': notifications.wrapped.entries.diskFull,
  'sampling.intervalMs': samplingSettingsSchema.entries.intervalMs,
  'budget.cpuShare': v.optional(cpuShareSchema),
} as const;

/** Settings of the app and of its host that a page may change, by their place in the file. */
export type HostSettingKey = keyof typeof hostEntries;
export const hostSettingKeys = Object.keys(hostEntries) as readonly HostSettingKey[];

export type ViewSettingKey = `view.${keyof Preferences}`;
export type SettingKey = HostSettingKey | ViewSettingKey;

const viewEntries = Object.fromEntries(
  Object.entries(preferencesSchema.entries).map(([key, schema]) => [`view.${key}`, schema]),
);
const entries: Readonly<Record<string, v.GenericSchema>> = { ...hostEntries, ...viewEntries };

/** Whether a setting says only how somebody wants to see a host, so that every window of the app may change it. */
export function isViewSetting(key: SettingKey): key is ViewSettingKey {
  return key.startsWith('view.');
}

/** A change of one setting. Without a value its line goes, and the default holds again. */
export const settingChangeSchema = v.pipe(
  v.object({
    key: v.custom<SettingKey>((key) => typeof key === 'string' && Object.hasOwn(entries, key)),
    value: v.optional(v.unknown()),
  }),
  v.check(({ key, value }) => value === undefined || v.is(entries[key]!, value), 'no value of that setting'),
);
export type SettingChange = v.InferOutput<typeof settingChangeSchema>;
