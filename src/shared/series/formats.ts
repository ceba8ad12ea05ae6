import type { Preferences } from '../preferences/preferences.ts';

/** How figures and times are written. */
export interface Formats extends Pick<Preferences, 'multiples' | 'traffic' | 'temperature' | 'clock'> {
  /** BCP 47 tag whose decimal marks, dates and hours are used: the language of the texts, where it can in a region. */
  readonly locale: string;
}

/** What is in force until somebody chooses: what logs and other programs would be written in. */
export const plainFormats: Formats = {
  locale: 'en',
  multiples: 'binary',
  traffic: 'bytes',
  temperature: 'celsius',
  clock: 'system',
};

let formats = plainFormats;
const numberFormats = new Map<number, Intl.NumberFormat>();
const timeFormats = new Map<string, Intl.DateTimeFormat>();
let listFormat: Intl.ListFormat | null = null;

/** Puts formats in force for this process. What was written already has to be written anew by whoever wrote it. */
export function setFormats(wanted: Formats): void {
  formats = wanted;
  numberFormats.clear();
  timeFormats.clear();
  listFormat = null;
}

/** The formats that are in force. */
export function currentFormats(): Formats {
  return formats;
}

/** A number with that many decimals, or as few as it needs from there down to `least`, by the locale; never "-0". */
export function formatDecimals(figure: number, decimals: number, least = decimals): string {
  const key = decimals * 10 + least;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(formats.locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: decimals,
      useGrouping: false,
      signDisplay: 'negative',
    });
    numberFormats.set(key, format);
  }
  return format.format(figure);
}

/** A moment (Unix milliseconds) in local time, by the locale and the clock that was chosen. */
export function formatWhen(
  wallMs: number,
  styles: Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle'>,
): string {
  const key = `${styles.dateStyle}/${styles.timeStyle}`;
  let format = timeFormats.get(key);
  if (!format) {
    const { clock, locale } = formats;
    const hourCycle = clock === '24h' ? 'h23' : 'h12';
    format = new Intl.DateTimeFormat(locale, { ...styles, ...(clock !== 'system' && { hourCycle }) });
    timeFormats.set(key, format);
  }
  return format.format(wallMs);
}

/** Words as the language lists them: "a, b and c". */
export function formatList(words: readonly string[]): string {
  listFormat ??= new Intl.ListFormat(formats.locale, { type: 'conjunction' });
  return listFormat.format(words);
}
