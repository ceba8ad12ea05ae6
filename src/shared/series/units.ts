import { t } from '../texts/texts.ts';
import { currentFormats, formatDecimals, formatWhen } from './formats.ts';

/** A figure as it is shown: the number with three significant digits, and its unit beside it. */
export interface Shown {
  readonly value: string;
  readonly unit: string;
}

/** What stands for a figure that is not known. */
const unknown: Shown = { value: '–', unit: '' };

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s', 'Pbit/s', 'Ebit/s'] as const;

/** Bytes in the multiples that were chosen: 1536 → 1.50 KiB or 1.54 kB. */
export function formatBytes(bytes: number | null | undefined): Shown {
  return currentFormats().multiples === 'decimal'
    ? formatIn(bytes, decimalUnits, 1_000)
    : formatIn(bytes, binaryUnits, 1_024);
}

/** Bytes a second in the multiples that were chosen: of disks and of memory. Networks have their own; see below. */
export function formatBytesPerSecond(bytesPerSecond: number | null | undefined): Shown {
  const { value, unit } = formatBytes(bytesPerSecond);
  return unit === '' ? unknown : { value, unit: `${unit}/s` };
}

/**
 * What a network carries, given in bytes a second: in those, or in bits a second where bits were chosen. Bits have
 * decimal multiples whatever bytes have, since that is how every link is sold and measured.
 */
export function formatTrafficPerSecond(bytesPerSecond: number | null | undefined): Shown {
  if (currentFormats().traffic === 'bytes' || !isKnown(bytesPerSecond))
    return formatBytesPerSecond(bytesPerSecond);
  return formatIn(bytesPerSecond * 8, bitUnits, 1_000);
}

/** A share of 1 as per cent: 0.0716 → 7.2 %. */
export function formatShare(share: number | null | undefined): Shown {
  if (!isKnown(share)) return unknown;
  const percent = share * 100;
  return { value: formatDecimals(percent, percent >= 99.95 ? 0 : 1), unit: '%' };
}

/** A count or a rate of events: 12345 → 12.3 k. */
export function formatCount(count: number | null | undefined): Shown {
  if (!isKnown(count)) return unknown;
  if (Math.abs(count) < 999.5)
    return { value: Number.isInteger(count) ? formatDecimals(count, 0) : threeDigits(count), unit: '' };
  const steps = ['k', 'M', 'G', 'T'] as const;
  let [scaled, step] = [count / 1_000, 0];
  while (Math.abs(scaled) >= 999.5 && step < steps.length - 1) {
    scaled /= 1_000;
    step++;
  }
  return { value: threeDigits(scaled), unit: steps[step]! };
}

/** A figure in a unit that takes SI prefixes: 3.4e9 Hz → 3.40 GHz. */
export function formatWithPrefix(figure: number | null | undefined, unit: string): Shown {
  const { value, unit: prefix } = formatCount(figure);
  return value === unknown.value ? unknown : { value, unit: `${prefix}${unit}` };
}

/** A short span: 0.42 ms, 12.5 ms, 3.20 s. */
export function formatMilliseconds(milliseconds: number | null | undefined): Shown {
  if (!isKnown(milliseconds)) return unknown;
  if (milliseconds === 0) return { value: '0', unit: 'ms' };
  return milliseconds < 999.5
    ? { value: threeDigits(milliseconds), unit: 'ms' }
    : { value: threeDigits(milliseconds / 1_000), unit: 's' };
}

/** How often something is done, in seconds with no more decimals than it needs: 0.25 s, 5 s. */
export function formatInterval(milliseconds: number | null | undefined): Shown {
  if (!isKnown(milliseconds)) return unknown;
  return { value: formatDecimals(milliseconds / 1_000, 2, 0), unit: 's' };
}

/** A measured figure in a unit without prefixes: 1.21 V, 1200 rpm. Temperatures come in °C and follow the choice. */
export function formatMeasured(figure: number | null | undefined, unit: string): Shown {
  if (!isKnown(figure)) return unknown;
  if (unit === '°C' && currentFormats().temperature === 'fahrenheit')
    return { value: measuredDigits(figure * 1.8 + 32), unit: '°F' };
  return { value: measuredDigits(figure), unit };
}

/** A temperature in the scale that was chosen: 41.5 °C, 107 °F. */
export function formatTemperature(celsius: number | null | undefined): Shown {
  return formatMeasured(celsius, '°C');
}

/** A rate of events: 0.4 → 0.4 /s. Tenths are enough below ten, and nobody counts halves of packets above. */
export function formatPerSecond(perSecond: number | null | undefined): Shown {
  if (!isKnown(perSecond)) return unknown;
  const { value, unit } = formatCount(
    perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond),
  );
  return { value, unit: `${unit}/s` };
}

/** A span of seconds in its two largest parts: 93784 → "1 d 2 h". */
export function formatDuration(seconds: number | null | undefined): string {
  if (!isKnown(seconds)) return unknown.value;
  const parts = partsOf(seconds);
  const first = parts.findIndex(({ count }) => count > 0);
  return joinParts(first < 0 ? parts.slice(-1) : parts.slice(first, first + 2));
}

/** The same without seconds, and without a part that is none: 7200 → "2 h", 59 → "0 min". For what is long and counts down. */
export function formatMinutes(seconds: number | null | undefined): string {
  if (!isKnown(seconds)) return unknown.value;
  const parts = partsOf(seconds).slice(0, 3);
  const first = parts.findIndex(({ count }) => count > 0);
  return joinParts(
    first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(({ count }) => count > 0),
  );
}

/** The time of day of a moment (Unix milliseconds): 2:05:09 PM, 14:05:09. */
export function formatTime(wallMs: number, precision: 'minutes' | 'seconds' = 'seconds'): string {
  return formatWhen(wallMs, { timeStyle: precision === 'seconds' ? 'medium' : 'short' });
}

/** The day of a moment (Unix milliseconds): Nov 25, 2026. */
export function formatDate(wallMs: number): string {
  return formatWhen(wallMs, { dateStyle: 'medium' });
}

/** Day and minute of a moment (Unix milliseconds). */
export function formatMoment(wallMs: number): string {
  return formatWhen(wallMs, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Both parts in one text. */
export function showText({ value, unit }: Shown): string {
  return unit === '' ? value : `${value} ${unit}`;
}

function isKnown(figure: number | null | undefined): figure is number {
  return typeof figure === 'number' && Number.isFinite(figure);
}

interface Part {
  readonly count: number;
  readonly name: 'days' | 'hours' | 'minutes' | 'seconds';
}

function partsOf(seconds: number): readonly Part[] {
  const whole = Math.max(0, Math.floor(seconds));
  return [
    { count: Math.floor(whole / 86_400), name: 'days' },
    { count: Math.floor(whole / 3_600) % 24, name: 'hours' },
    { count: Math.floor(whole / 60) % 60, name: 'minutes' },
    { count: whole % 60, name: 'seconds' },
  ];
}

function joinParts(parts: readonly Part[]): string {
  return parts.map(({ count, name }) => t(`duration.${name}`, { count })).join(' ');
}

function formatIn(figure: number | null | undefined, units: readonly string[], factor: number): Shown {
  if (!isKnown(figure)) return unknown;
  let [scaled, step] = [figure, 0];
  // 999.5 would be shown as 1000, 1023.5 as 1024: both are 1.00 of the next unit.
  while (Math.abs(scaled) >= 999.5 && step < units.length - 1) {
    scaled /= factor;
    step++;
  }
  return { value: step === 0 ? formatDecimals(scaled, 0) : threeDigits(scaled), unit: units[step]! };
}

function measuredDigits(figure: number): string {
  return Math.abs(figure) >= 999.5 ? formatDecimals(figure, 0) : threeDigits(figure);
}

function threeDigits(scaled: number): string {
  const size = Math.abs(scaled);
  return formatDecimals(scaled, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}
