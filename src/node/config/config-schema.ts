import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { preferencesSchema } from '../../shared/preferences/preferences.ts';
import { appSettingsSchema, samplingSettingsSchema } from '../../shared/settings/app-settings.ts';
import { budgetConfigSchema } from './budget.ts';
import { limitsConfigSchema } from './limits-config.ts';
import { logConfigSchema } from './log-config.ts';
import { allowedHostsSchema, trustedProxiesSchema } from './proxy-config.ts';
import { describeBadBind, parseBind, sharingConfigSchema } from './sharing.ts';

/** What the config file may hold; every key may be left out, and no other may be there. */
export const configSchema = v.strictObject({
  /** Where editors find what may stand here. */
  $schema: v.optional(v.string('must be a text')),
  port: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.integer('must be a whole number'),
      v.minValue(0, 'must be 0 to 65535'),
      v.maxValue(65_535, 'must be 0 to 65535'),
    ),
  ),
  bind: v.optional(
    v.pipe(
      v.string('must be a text'),
      v.check((bind) => parseBind(bind) !== null, describeBadBind),
    ),
  ),
  limits: v.optional(limitsConfigSchema),
  budget: v.optional(budgetConfigSchema),
  pairing: v.optional(v.strictObject({ confirm: v.optional(v.boolean('must be true or false')) })),
  sharing: v.optional(sharingConfigSchema),
  trustedProxies: v.optional(trustedProxiesSchema),
  allowedHosts: v.optional(allowedHostsSchema),
  log: v.optional(logConfigSchema),
  sampling: v.optional(samplingSettingsSchema),
  /** Where state is kept, unless the command line says so. */
  dataFolder: v.optional(
    v.pipe(
      v.string('must be a text'),
      v.check((path) => isAbsolute(path), 'must be the whole path of a folder, from the root'),
    ),
  ),
  app: v.optional(appSettingsSchema),
  /** How the app's user wants to see a host; the pages of the app write here what they are told to remember. */
  view: v.optional(v.strictObject(preferencesSchema.entries)),
});

/** Settings of a host and of the app, from their file. */
export type Config = v.InferOutput<typeof configSchema>;

/** Keys that come into force with the next start; what holds of a key holds of all below it. */
export const restartKeys = [
  'port',
  'bind',
  'limits',
  'pairing',
  'sharing.announce',
  'trustedProxies',
  'allowedHosts',
  'log',
  'dataFolder',
] as const;
