import type { DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';
import type { SettingsProblem } from '../../shared/settings/settings-snapshot.ts';
import { configSchema } from '../config/config-schema.ts';
import { isObject, type JsonObject } from '../config/parse-settings.ts';
import { maskProse, maskSecrets } from './plain-prose.ts';

/** Every word that a setting can be chosen from: whoever set it did not make it up. */
const choices: ReadonlySet<string> = collectChoices(configSchema, new Set());

/** Where settings come from, as a host or the command line knows them. */
export interface SettingsSource {
  /** As the layers say it, without what they leave out. Only keys that the schema has. */
  written(): JsonObject;
  problems(): readonly SettingsProblem[];
  needRestart(): readonly string[];
  /** What says a key: `--port`, `PULSEWIRE_PORT`, a file with its line. Null where nothing does. */
  originOf?(key: string): string | null;
}

/** What the command line gave, by the key that it stands for. */
export type GivenSettings = Readonly<Record<string, unknown>>;

/** The settings that are not left as they are by default, with where each comes from. Paths, addresses and names are masked unless `full`. */
export function describeSettings(
  source: SettingsSource,
  given: GivenSettings,
  full: boolean,
): DiagnosticsReport['configuration'] {
  const mask = full ? maskSecrets : maskProse;
  const settings = new Map<string, DiagnosticsReport['configuration']['settings'][number]>();
  for (const [key, value] of listLeaves(source.written())) {
    settings.set(key, {
      key,
      value: show(value, mask),
      from: describeOrigin(source.originOf?.(key) ?? 'file'),
    });
  }
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    settings.set(key, {
      key,
      value: show(value, mask),
      from: describeOrigin(source.originOf?.(key) ?? '--'),
    });
  }
  return {
    settings: [...settings.values()].sort((one, other) => (one.key < other.key ? -1 : 1)),
    problems: source
      .problems()
      .map(({ line, column, message }) => ({ line, column, message: mask(message) })),
    needRestart: [...source.needRestart()],
  };
}

/** Keys with a value of their own. Of how somebody arranged the pages only that it was: what stands there may be names. */
function listLeaves(from: JsonObject, before = ''): (readonly [string, unknown])[] {
  return Object.entries(from).flatMap(([name, value]) => {
    const key = `${before}${name}`;
    const isDeep = isObject(value) && !key.startsWith('view.');
    return isDeep ? listLeaves(value, `${key}.`) : [[key, value] as const];
  });
}

function show(value: unknown, mask: (text: string) => string): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (isObject(value)) return `{${Object.keys(value).length}}`;
  const text = String(value);
  return typeof value === 'string' && !choices.has(text) ? mask(text) : text;
}

/** A flag or a variable as it is called; of a file its line, and not where it lies. */
function describeOrigin(origin: string): string {
  if (origin === '--') return 'command line';
  const named = /(--[a-z-]{2,30}|PULSEWIRE_[A-Z_]{2,40})/.exec(origin)?.[1];
  if (named !== undefined) return named;
  const line = /:(\d{1,6})$/.exec(origin)?.[1];
  return line === undefined ? 'settings file' : `settings file, line ${line}`;
}

/** The options of every picklist in a schema, however deep. */
function collectChoices(schema: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(schema)) for (const each of schema) collectChoices(each, found);
  if (!isObject(schema)) return found;
  if (schema['type'] === 'picklist')
    for (const option of schema['options'] as unknown[]) found.add(String(option));
  for (const key of ['entries', 'wrapped', 'pipe', 'item', 'options', 'value'])
    if (key in schema)
      collectChoices(key === 'entries' ? Object.values(schema[key] as object) : schema[key], found);
  return found;
}
