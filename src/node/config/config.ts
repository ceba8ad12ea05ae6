import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import { budgetConfigSchema } from './budget.ts';
import { deriveJsonPositions } from './json-positions.ts';
import { limitsConfigSchema } from './limits-config.ts';
import { describeBadBind, parseBind, sharingConfigSchema } from './sharing.ts';

/** What the config file may hold; every key may be left out, and no other may be there. */
export const configSchema = v.strictObject({
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
});

const mustBeObject = 'it must be an object, as {"port": 9740}';

/** Settings of a host, from its file. */
export type Config = v.InferOutput<typeof configSchema>;

/**
 * Reads a config file and changes nothing. A file that is not there is an empty one, unless `mustExist`. Throws
 * MonitorError `invalidArgument` with one line that names file, line, column and what is wrong.
 */
export async function readConfig(path: string, mustExist: boolean): Promise<Config> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !mustExist) return {};
    const why = code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
    throw new MonitorError('invalidArgument', `The config file ${path} cannot be read: ${why}.`, { cause });
  }
  return parseConfig(text, path);
}

/** A config file's text as settings. Throws as `readConfig` does. */
export function parseConfig(text: string, path: string): Config {
  const fail = (
    place: { line: number; column: number } | null | undefined,
    what: string,
    cause?: unknown,
  ): never => {
    const where = place ? `, line ${place.line}, column ${place.column}` : '';
    throw new MonitorError('invalidArgument', `The config file ${path} is broken${where}: ${what}.`, {
      cause,
    });
  };
  const positions = deriveJsonPositions(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return fail(positions.error, 'this is not JSON', thrown);
  }
  // To a schema of objects an array is one too.
  if (Array.isArray(value)) return fail(positions.paths.get(''), mustBeObject);
  const result = v.safeParse(configSchema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const key = v.getDotPath(issue) ?? '';
  const place = positions.paths.get(key);
  if (issue.type === 'strict_object') {
    if (key === '') return fail(place, mustBeObject);
    return fail(
      place,
      issue.expected === 'Object' ? `"${key}" must be an object` : `"${key}" is not a setting`,
    );
  }
  return fail(place, `"${key}" ${issue.message}`);
}

/** The limits that many clients need: what one address may hold is raised too, since a gateway or a bench is one. */
export function deriveClientLimits(maxClients: number): Partial<Limits> {
  return { maxClients, maxClientsPerAddress: Math.max(8, maxClients) };
}
