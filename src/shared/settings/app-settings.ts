import * as v from 'valibot';

const flag = v.optional(v.boolean('must be true or false'));

/** Of what the desktop is told. Each is said once, and only while the dashboard is not seen. */
export const noticeNames = ['pairing', 'newDevice', 'diskFull'] as const;
export type NoticeName = (typeof noticeNames)[number];

/** What is done about newer versions without being asked: nothing, saying so, or fetching them too. None is installed by itself. */
export const updateChoices = ['off', 'announce', 'download'] as const;
export type UpdateChoice = (typeof updateChoices)[number];

/** The part `app` of the settings file: how the desktop app behaves. A headless host reads it and does nothing with it. */
export const appSettingsSchema = v.strictObject({
  /** Whether the app starts when its user logs in. */
  startAtLogin: flag,
  /** Whether a start at login opens no window. */
  startHidden: flag,
  /** Whether the app stays in the tray when its last window is closed. */
  closeToTray: flag,
  /** What is done about newer versions. */
  updates: v.optional(v.picklist(updateChoices)),
  notifications: v.optional(
    v.strictObject({
      /** A device asks to be let in. */
      pairing: flag,
      /** A device that was never there before has connected. */
      newDevice: flag,
      /** A file system is nearly full. */
      diskFull: flag,
    }),
  ),
});
export type AppSettings = v.InferOutput<typeof appSettingsSchema>;

/** What holds where the file says nothing. */
export const defaultAppSettings = {
  startAtLogin: false,
  startHidden: true,
  closeToTray: true,
  updates: 'announce',
  notifications: { pairing: true, newDevice: true, diskFull: true },
} as const satisfies AppSettings;

/** The shortest intervals that can be chosen on the settings page; the file takes any between the ends. */
export const cadencesMs = [250, 1_000, 2_000, 5_000, 10_000] as const;
const [leastCadenceMs, mostCadenceMs] = [250, 60_000];
export const defaultCadenceMs = 250;

/** The part `sampling` of the settings file. */
export const samplingSettingsSchema = v.strictObject({
  /** No figure is read more often than this, whoever asks. */
  intervalMs: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.integer('must be a whole number'),
      v.minValue(leastCadenceMs, `must be ${leastCadenceMs} to ${mostCadenceMs}`),
      v.maxValue(mostCadenceMs, `must be ${leastCadenceMs} to ${mostCadenceMs}`),
    ),
  ),
});
