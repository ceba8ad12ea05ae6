import { unitOf, type MeasureName } from './measures.ts';
import type { Reading } from './chart-readings.ts';

export interface CsvChart {
  readonly labels: readonly string[];
  readonly readings: readonly Reading[];
  readonly measure: MeasureName | undefined;
  /** Heading of the first column. */
  readonly timeLabel: string;
}

/**
 * Readings as comma-separated values (RFC 4180): a header with units, then a line a reading with its time in UTC
 * (ISO 8601) and its values in base units to seven digits, which is as exact as they are kept. Unknown is empty.
 */
export function toCsv({ labels, readings, measure, timeLabel }: CsvChart): string {
  const unit = unitOf(measure);
  const header = [
    `${timeLabel} (UTC)`,
    ...labels.map((label) => (unit === '' ? label : `${label} (${unit})`)),
  ];
  const lines = readings.map(({ x, values }) => [
    new Date(Math.round(x)).toISOString(),
    ...values.map((value) => (Number.isNaN(value) ? '' : String(Number(value.toPrecision(7))))),
  ]);
  return [header.map(toField), ...lines].map((fields) => `${fields.join(',')}\r\n`).join('');
}

/**
 * Names come from the machine: one with a comma or a quote is quoted, and one that a spreadsheet would take for a formula
 * is kept from being one.
 */
function toField(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
