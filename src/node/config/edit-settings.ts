import { isDeepStrictEqual } from 'node:util';
import { applyEdits, modify, type FormattingOptions } from 'jsonc-parser';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { isObject, parseSettings, valueAt, type JsonObject } from './parse-settings.ts';

/** A value to be put at a place in the settings file; undefined takes away what stands there. */
export interface SettingsEdit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The text with the edits made, and everything else as its author wrote it: order, indentation, line ends, and values
 * that make no sense. Throws MonitorError `invalidState` where the text cannot take them, as one that is no JSON object cannot.
 */
export function editSettings(text: string, edits: readonly SettingsEdit[]): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let json = text.slice(mark.length);
  if (json.trim() === '') json = '{}\n';
  const formattingOptions = deriveFormatting(json);
  const before = read(json);
  for (const { path, value } of edits) {
    const steps = path.map((_, at) => path.slice(0, at));
    const blocked = steps.find((step) => step.length > 0 && !canHold(valueAt(before, step)));
    if (blocked) throw refuse(`"${blocked.join('.')}" is no object there`);
    if (value === undefined && valueAt(read(json), path) === undefined) continue;
    json = applyEdits(json, modify(json, [...path], value, { formattingOptions }));
  }
  const after = read(json);
  // Where a key stands twice the first was edited, and the last one counts.
  const lost = edits.find(({ path, value }) => !isDeepStrictEqual(valueAt(after, path), value));
  if (lost) throw refuse(`"${lost.path.join('.')}" stands there more than once`);
  return mark + json;
}

function canHold(value: unknown): boolean {
  return value === undefined || isObject(value);
}

function read(json: string): JsonObject {
  try {
    const value: unknown = JSON.parse(json);
    if (isObject(value)) return value;
  } catch {
    // Said below, in the words in which it is shown elsewhere.
  }
  const [problem] = parseSettings(json).problems;
  throw refuse(`line ${problem?.line}: ${problem?.message}`);
}

function refuse(why: string): MonitorError {
  return new MonitorError('invalidState', `it cannot be changed while it is broken (${why})`);
}

function deriveFormatting(json: string): FormattingOptions {
  const indent = /^\s*\{\r?\n([ \t]+)/.exec(json)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: json.includes('\r\n') ? '\r\n' : '\n',
  };
}
