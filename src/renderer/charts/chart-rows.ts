import type { Reading } from './chart-readings.ts';

/** A row of a chart's table: one reading, or the least and the greatest of the readings of a span. */
export interface ChartRow {
  readonly fromX: number;
  readonly toX: number;
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/** A table of more rows is read by nobody. */
export const mostChartRows = 200;

/** Readings as rows, newest first: one each, or as many together as it takes to be no more than `mostRows`. */
export function toChartRows(readings: readonly Reading[], mostRows = mostChartRows): ChartRow[] {
  const together = Math.max(1, Math.ceil(readings.length / mostRows));
  const rows: ChartRow[] = [];
  for (let from = 0; from < readings.length; from += together) {
    const part = readings.slice(from, from + together);
    const width = part[0]!.values.length;
    const of = (at: number): number[] =>
      part.map(({ values }) => values[at]!).filter((y) => !Number.isNaN(y));
    const pick = (choose: (...all: number[]) => number): number[] =>
      Array.from({ length: width }, (_, at) => (of(at).length > 0 ? choose(...of(at)) : NaN));
    rows.push({ fromX: part[0]!.x, toX: part.at(-1)!.x, least: pick(Math.min), most: pick(Math.max) });
  }
  return rows.reverse();
}
