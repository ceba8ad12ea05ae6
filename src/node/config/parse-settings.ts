import * as v from 'valibot';
import type { SettingsProblem } from '../../shared/settings/settings-snapshot.ts';
import { configSchema, type Config } from './config-schema.ts';
import { deriveJsonPositions, type JsonPositions } from './json-positions.ts';

/** What a settings file says, as far as it makes sense. */
export interface ParsedSettings {
  /** What is in force. */
  readonly config: Config;
  /** The same as it was written, with nothing added by the schema: what the next reading falls back on. */
  readonly written: JsonObject;
  /** What stands there and is not in force; empty where all is well. */
  readonly problems: readonly SettingsProblem[];
}

export type JsonObject = Record<string, unknown>;

const mustBeObject = 'it must be an object, as {"port": 9740}';
/** Each turn takes one wrong value away wherever one stands; a file is not deeper than this. */
const mostTurns = 32;

/**
 * A settings file's text as settings. A value that makes no sense is named with its place, and `before` stands in for it:
 * what was in force until now. Where the text is no JSON object all of `before` stays.
 */
export function parseSettings(text: string, before: JsonObject = {}): ParsedSettings {
  // Some editors mark UTF-8 by it; JSON.parse takes it for an error.
  const json = text.replace(/^\uFEFF/, '');
  const positions = deriveJsonPositions(json);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return keepAll(before, { key: '', ...place(positions.error), message: 'this is not JSON' });
  }
  if (!isObject(value)) {
    return keepAll(before, { key: '', ...place(positions.paths.get('')), message: mustBeObject });
  }
  const problems = [...positions.repeated].map((key): SettingsProblem => ({
    key,
    ...place(positions.paths.get(key)),
    message: 'stands there more than once; the last one counts',
  }));
  const { config, written } = settle(value, before, positions, problems);
  return { config, written, problems };
}

/** Takes away what makes no sense until the rest does. */
function settle(
  value: JsonObject,
  before: JsonObject,
  positions: JsonPositions,
  problems: SettingsProblem[],
): Omit<ParsedSettings, 'problems'> {
  const mended = new Set<string>();
  for (let turn = 0; turn < mostTurns; turn++) {
    const result = v.safeParse(configSchema, value);
    if (result.success) return { config: result.output, written: value };
    const touched = new Set<string>();
    for (const issue of result.issues) {
      const path = pathOf(issue);
      const key = path.join('.');
      if (touched.has(key)) continue;
      touched.add(key);
      if (!mended.has(key)) {
        problems.push({
          key: keyOf(issue),
          ...place(positions.paths.get(keyOf(issue))),
          message: describe(issue),
        });
        replace(value, path, valueAt(before, path));
      } else replace(value, path, undefined);
      mended.add(key);
    }
  }
  const { config, written } = keepAll(before, { key: '', line: null, column: null, message: mustBeObject });
  return { config, written };
}

type Issue = v.InferIssue<typeof configSchema>;

function keyOf(issue: Issue): string {
  return v.getDotPath(issue) ?? '';
}

/** To the value that is at fault; to the list where it stands in one, since lists count as a whole. */
function pathOf(issue: Issue): string[] {
  const items = issue.path ?? [];
  const list = items.findIndex(({ type }) => type === 'array');
  return (list < 0 ? items : items.slice(0, list)).map(({ key }) => String(key));
}

function describe(issue: Issue): string {
  if (issue.type === 'strict_object')
    return issue.expected === 'never' ? 'is not a setting' : 'must be an object';
  if (issue.type === 'picklist') {
    return `must be one of ${(issue.expected ?? '').replaceAll(/[()]/g, '').split(' | ').join(', ')}`;
  }
  // The schema's own words; the library's begin like this, and speak to programmers.
  return issue.message.startsWith('Invalid')
    ? `must be ${issue.expected ?? 'something else'}`
    : issue.message;
}

function keepAll(before: JsonObject, problem: SettingsProblem): ParsedSettings {
  return { config: v.parse(configSchema, before), written: before, problems: [problem] };
}

function place(
  at: { line: number; column: number } | null | undefined,
): Pick<SettingsProblem, 'line' | 'column'> {
  return { line: at?.line ?? null, column: at?.column ?? null };
}

/** Whether a value is a JSON object, which a list is not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. */
export function valueAt(from: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    from,
  );
}

/** Puts a copy of `value` at a path that is there, or takes away what stands there. */
function replace(from: JsonObject, path: readonly string[], value: unknown): void {
  const parent = valueAt(from, path.slice(0, -1));
  const key = path.at(-1);
  if (key === undefined || !isObject(parent)) return;
  if (value === undefined) delete parent[key];
  else parent[key] = structuredClone(value);
}
