import * as v from 'valibot';
import { appSettingsSchema, samplingSettingsSchema } from './app-settings.ts';

/** One thing in the settings file that is not in force: what stands there makes no sense. */
export const settingsProblemSchema = v.object({
  /** Dotted path; empty for the whole file. */
  key: v.string(),
  /** Both counted from 1; null where the file has no such place. */
  line: v.nullable(v.number()),
  column: v.nullable(v.number()),
  /** What is wrong, to be read after the key: `must be true or false`. */
  message: v.string(),
});
export type SettingsProblem = v.InferOutput<typeof settingsProblemSchema>;

/** What a page of the app knows of the settings file. */
export const settingsSnapshotSchema = v.object({
  /** The file's path. */
  path: v.string(),
  /** What is in force of what the file says; what it leaves out is left out. */
  values: v.object({
    app: v.optional(appSettingsSchema),
    sampling: v.optional(samplingSettingsSchema),
    budget: v.optional(v.object({ cpuShare: v.optional(v.nullable(v.number())) })),
    view: v.optional(v.record(v.string(), v.unknown())),
  }),
  problems: v.array(settingsProblemSchema),
  /** Keys whose value in the file is another than at the start, and comes into force with the next one. */
  needRestart: v.array(v.string()),
  /** Keys that the administrator of the machine has decided. */
  locked: v.array(v.string()),
  /** Whether this page may change more than `view`. */
  mayChangeAll: v.boolean(),
});
export type SettingsSnapshot = v.InferOutput<typeof settingsSnapshotSchema>;
