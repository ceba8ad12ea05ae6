import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

const text = v.pipe(v.string(), v.maxLength(256));
const texts = v.record(text, text);

/**
 * What of a recording is kept, and under which names. All that is not named here is left out or stands as something that
 * says nothing: what is private is not known to a list of what to hide, and is unknown to a list of what to show.
 */
const scrubNamesSchema = v.strictObject({
  host: text,
  /** Programs that are kept in the table of processes, by their name; the values are what they are called. */
  programs: texts,
  /** Users by name; all others are `user`. */
  users: texts,
  interfaces: v.record(
    text,
    v.strictObject({
      name: text,
      kind: v.optional(v.picklist(['loopback', 'ethernet', 'wifi', 'virtual', 'other'])),
      speedBitsPerSecond: v.optional(v.number()),
      addresses: v.array(text),
    }),
  ),
  gateways: v.optional(texts, {}),
  /** Disks by name, with the model that they get. */
  disks: v.record(text, v.strictObject({ name: text, model: v.nullable(text) })),
  /** Mounts by mount point. */
  mounts: v.record(text, v.strictObject({ mountPoint: text, device: text })),
  /** Facts of the host that stand in place of its own. */
  kernel: text,
  processor: v.nullable(text),
});
export type ScrubNames = v.InferOutput<typeof scrubNamesSchema>;

/** Reads the names of a file. Throws MonitorError: `notFound`, `invalidArgument` with what is wrong. */
export async function readScrubNames(path: string): Promise<ScrubNames> {
  const found = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MonitorError('notFound', `The names ${path} cannot be read.`, { cause });
  });
  try {
    return v.parse(scrubNamesSchema, JSON.parse(found));
  } catch (cause) {
    throw new MonitorError('invalidArgument', `${path}: ${MonitorError.from(cause).message}`, { cause });
  }
}
