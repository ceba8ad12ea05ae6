import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { sectionsSchema } from '../../shared/protocol/server-messages.ts';
import type { Sections } from '../../shared/series/sample.ts';

/** The first line of a recording. */
const headerSchema = v.object({
  format: v.literal('pulsewire-recording'),
  version: v.literal(1),
  host: v.object({ name: v.string(), platform: v.string(), version: v.string() }),
  /** The host's wall clock at millisecond 0. */
  startedWallMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
  /** Whether names were replaced, as `scrub.ts` does it. */
  scrubbed: v.boolean(),
});
export type RecordingHeader = v.InferOutput<typeof headerSchema>;

const frameSchema = v.object({ ms: v.pipe(v.number(), v.finite(), v.minValue(0)), sections: sectionsSchema });

/** What was read at one moment: raw, as collectors read it. A topic that is absent was not read then. */
export interface RecordingFrame {
  /** After the start. */
  readonly ms: number;
  readonly sections: Sections;
}

/** What a host read for a while. */
export interface Recording {
  readonly header: RecordingHeader;
  /** Oldest first; never none. */
  readonly frames: readonly RecordingFrame[];
}

/** One second is much like the next: with a window of 16 MiB the packer sees minutes of them at once. */
const brotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
};

/** Writes lines of JSON, the header and then a frame each, packed by Brotli. Throws the system's error. */
export async function writeRecording(path: string, { header, frames }: Recording): Promise<void> {
  const lines = [header, ...frames].map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(path, await promisify(brotliCompress)(lines, brotliOptions));
}

/** Reads one. Throws MonitorError: `notFound`, or `invalidArgument` with what is wrong and in which line. */
export async function readRecording(path: string): Promise<Recording> {
  const packed = await readFile(path).catch((cause: unknown) => {
    throw new MonitorError('notFound', `The recording ${path} cannot be read.`, { cause });
  });
  const text = await promisify(brotliDecompress)(packed).catch((cause: unknown) => {
    throw new MonitorError('invalidArgument', `${path} is no recording: it is not packed by Brotli.`, {
      cause,
    });
  });
  const [first = '', ...rest] = text.toString('utf8').trimEnd().split('\n');
  const header = parseLine(headerSchema, first, path, 1);
  const frames = rest.map((line, index) => parseLine(frameSchema, line, path, index + 2));
  if (frames.length === 0) throw new MonitorError('invalidArgument', `${path} holds no reading.`);
  return { header, frames };
}

function parseLine<Value>(
  schema: v.GenericSchema<unknown, Value>,
  line: string,
  path: string,
  number: number,
): Value {
  try {
    return v.parse(schema, JSON.parse(line));
  } catch (cause) {
    const { message } = MonitorError.from(cause);
    throw new MonitorError('invalidArgument', `${path}, line ${number}: ${message}`, { cause });
  }
}
