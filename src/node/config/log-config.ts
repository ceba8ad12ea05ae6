import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { logFormats } from '../log/log-writer.ts';
import { logLevels } from '../server/log.ts';

/** The part of the settings that says what is logged, and where to. */
export const logConfigSchema = v.strictObject(
  {
    level: v.optional(v.picklist(logLevels)),
    /** Of a host without a window; the app logs words. */
    format: v.optional(v.picklist(logFormats)),
    file: v.optional(
      v.pipe(
        v.string('must be a text'),
        v.check((path) => isAbsolute(path), 'must be the whole path of a file, from the root'),
      ),
    ),
  },
  'must be an object',
);
