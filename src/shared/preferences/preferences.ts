import * as v from 'valibot';
import { languages, pseudoLanguage } from '../texts/languages.ts';
import { layoutSchema } from './layout.ts';
import { kioskDims, kioskTurnsSeconds } from './kiosk.ts';
import { processTableSchema } from './process-table.ts';
import { trayIconChoices } from './tray-icon.ts';

/** How wide a chart's window may be. */
export const chartWindowsMs = [60_000, 300_000, 900_000, 3_600_000] as const;
export type ChartWindowMs = (typeof chartWindowsMs)[number];

/** What each preference may be. The first of a list is what is taken until somebody chooses. */
export const choices = {
  /** `system` follows the desktop. */
  theme: ['system', 'light', 'dark'],
  contrast: ['system', 'normal', 'high'],
  language: ['system', ...languages, pseudoLanguage],
  /** Multiples of 1024 (KiB) or of 1000 (kB). */
  multiples: ['binary', 'decimal'],
  /** What traffic on networks is counted in. Disks and memory are always bytes. */
  traffic: ['bytes', 'bits'],
  temperature: ['celsius', 'fahrenheit'],
  /** `system` is what the language's region does. */
  clock: ['system', '24h', '12h'],
  density: ['comfortable', 'compact'],
  motion: ['system', 'reduced'],
  /** Whether keys that type a character do something: off for whoever dictates, or presses keys unawares (WCAG 2.1.4). */
  shortcuts: ['on', 'off'],
  chartWindowMs: chartWindowsMs,
  trayIcon: trayIconChoices,
  kioskTurnSeconds: kioskTurnsSeconds,
  kioskDim: kioskDims,
} as const;

const entries = {
  theme: v.optional(v.picklist(choices.theme), 'system'),
  contrast: v.optional(v.picklist(choices.contrast), 'system'),
  language: v.optional(v.picklist(choices.language), 'system'),
  multiples: v.optional(v.picklist(choices.multiples), 'binary'),
  traffic: v.optional(v.picklist(choices.traffic), 'bytes'),
  temperature: v.optional(v.picklist(choices.temperature), 'celsius'),
  clock: v.optional(v.picklist(choices.clock), 'system'),
  density: v.optional(v.picklist(choices.density), 'comfortable'),
  motion: v.optional(v.picklist(choices.motion), 'system'),
  shortcuts: v.optional(v.picklist(choices.shortcuts), 'on'),
  chartWindowMs: v.optional(v.picklist(choices.chartWindowMs), 60_000),
  /** How the table of processes was left. */
  processTable: v.optional(processTableSchema, {}),
  /** What the app's tray icon shows. */
  trayIcon: v.optional(v.picklist(choices.trayIcon), 'mark'),
  /** Where the overview's tiles stand; null is as it comes. */
  layout: v.optional(v.nullable(layoutSchema), null),
  /** Pages that a wall screen shows in turn, by their names; where there is none of them the one that it was entered from. */
  kioskPages: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(32)), []),
  kioskTurnSeconds: v.optional(v.picklist(choices.kioskTurnSeconds), 0),
  kioskDim: v.optional(v.picklist(choices.kioskDim), 'never'),
  /** Whether the first-start tour was seen or skipped. */
  tourSeen: v.optional(v.boolean(), false),
};

/**
 * How one person wants to see a host: in the app a part (`view`) of its settings file, in a browser kept by it. Every
 * key may be left out. Says nothing of the host itself: those are its settings.
 */
export const preferencesSchema = v.object(entries);
export type Preferences = v.InferOutput<typeof preferencesSchema>;

export const defaultPreferences: Preferences = v.parse(preferencesSchema, {});

/**
 * What was kept, as preferences: a value that is missing or makes no sense is the default one, and the others stand. What
 * is wrong with the file is said by whoever reads the file.
 */
export function parsePreferences(kept: unknown): Preferences {
  const given = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  const sound = Object.entries(entries).flatMap(([key, schema]) => {
    const result = v.safeParse(schema, given[key]);
    return result.success ? [[key, result.output]] : [];
  });
  return v.parse(preferencesSchema, Object.fromEntries(sound));
}
