import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatMeasured,
  formatShare,
  formatTrafficPerSecond,
  formatWithPrefix,
  showText,
  type Shown,
} from '../../shared/series/units.ts';

/** What a chart's values are: how one is written out for people, and the unit in which programs get it. */
interface Measure {
  readonly unit: string;
  readonly format: (value: number) => Shown;
}

const all = {
  /** Of 1, shown as per cent. */
  share: { unit: 'share', format: formatShare },
  bytes: { unit: 'B', format: formatBytes },
  bytesPerSecond: { unit: 'B/s', format: formatBytesPerSecond },
  /** Bytes a second on a network: shown in bits where those were chosen. */
  traffic: { unit: 'B/s', format: formatTrafficPerSecond },
  hertz: { unit: 'Hz', format: (value) => formatWithPrefix(value, 'Hz') },
  count: { unit: '', format: formatCount },
  /** A mean of a count, such as the load. */
  mean: { unit: '', format: (value) => formatMeasured(value, '') },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof all;

/** The unit of a measure as data is exported in; empty for plain numbers. */
export function unitOf(measure: MeasureName | undefined): string {
  return measure === undefined ? '' : all[measure].unit;
}

/** A value as people read it. Without a measure it is written as on the scale. NaN is a dash. */
export function formatValue(
  measure: MeasureName | undefined,
  formatTick: (value: number) => string,
  value: number,
): string {
  if (Number.isNaN(value)) return '–';
  return measure === undefined ? formatTick(value) : showText(all[measure].format(value));
}
