import { defaultPreferences } from '../../../shared/preferences/preferences.ts';
import { defaultLimits } from '../../../shared/protocol/index.ts';
import { defaultAppSettings, defaultCadenceMs } from '../../../shared/settings/app-settings.ts';
import { configSchema, restartKeys } from '../config-schema.ts';
import { givenSettings } from '../given-settings.ts';

/** What docs/settings.md and docs/settings.schema.json are made from. */
export const settingsSources = {
  configSchema,
  restartKeys,
  givenSettings,
  appDefaults: defaultAppSettings,
  cadenceMs: defaultCadenceMs,
  viewDefaults: defaultPreferences,
  limitDefaults: { ...defaultLimits },
};
