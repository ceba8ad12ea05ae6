import * as v from 'valibot';

/**
 * Why the app does not update itself: it runs from its sources; its package names no place for updates; the system's package
 * manager does it; it was unpacked from an archive, or needs no installation; its file or folder cannot be written; it is not in a place of
 * its own; the administrator of the machine says so.
 */
export const updateOffReasons = [
  'development',
  'noSource',
  'deb',
  'rpm',
  'archive',
  'portable',
  'readOnly',
  'policy',
] as const;
export type UpdateOffReason = (typeof updateOffReasons)[number];

/**
 * What kept a check, a download or an installation from succeeding: the server was not reached; it has nothing for this system; it has
 * no such file; what came is not what was announced; the disk is full; a place could not be written; something else.
 */
export const updateFailures = [
  'offline',
  'noFeed',
  'missing',
  'tampered',
  'diskFull',
  'notWritable',
  'other',
] as const;
export type UpdateFailure = (typeof updateFailures)[number];

/** A version newer than this one. */
export const foundUpdateSchema = v.object({
  version: v.pipe(v.string(), v.maxLength(64)),
  /** What is new, as plain text; null where nobody says. */
  notes: v.nullable(v.string()),
  sizeBytes: v.nullable(v.number()),
});
export type FoundUpdate = v.InferOutput<typeof foundUpdateSchema>;

const update = foundUpdateSchema;

/** How far the app is with its updates. */
export const updateStatusSchema = v.variant('phase', [
  v.object({ phase: v.literal('off'), reason: v.picklist(updateOffReasons) }),
  /** Nothing newer is known. `checkedAtMs` is wall clock; null before the first check. */
  v.object({ phase: v.literal('idle'), checkedAtMs: v.nullable(v.number()) }),
  v.object({ phase: v.literal('checking') }),
  v.object({ phase: v.literal('available'), update }),
  v.object({ phase: v.literal('downloading'), update, receivedBytes: v.number() }),
  v.object({ phase: v.literal('ready'), update, whenQuitting: v.boolean() }),
  v.object({
    phase: v.literal('failed'),
    /** What was tried. */
    during: v.picklist(['check', 'download', 'install']),
    why: v.picklist(updateFailures),
    /** What it was about; null where the check failed. */
    update: v.nullable(update),
  }),
]);
export type UpdateStatus = v.InferOutput<typeof updateStatusSchema>;

/** When a version that is ready is installed: at once, with a restart; the next time that the app is quit; or not yet. */
export const installTimes = ['now', 'whenQuitting', 'later'] as const;
export type InstallTime = (typeof installTimes)[number];
