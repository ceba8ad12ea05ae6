/** How far two figures of one thing may be apart. */
export type Limit =
  /** Percentage points, of shares from 0 to 1. */
  | { readonly kind: 'points'; readonly points: number }
  /** A share of what the tool says; `least` is its own rounding, below which nothing can be told. */
  | { readonly kind: 'relative'; readonly share: number; readonly least: number }
  | { readonly kind: 'equal' };

/** The promises: shares within a percentage point, rates within 2 %, sizes equal. */
export const limits = {
  share: { kind: 'points', points: 1 },
  size: { kind: 'equal' },
} as const satisfies Record<string, Limit>;

/** Rates within 2 %; `least` is the smallest difference that the tool's print can show. */
export function rate(least: number): Limit {
  return { kind: 'relative', share: 0.02, least };
}

/** One figure by a tool and by Pulsewire over the same time. */
export interface Comparison {
  readonly load: string;
  readonly tool: string;
  readonly figure: string;
  readonly unit: '%' | 'B' | 'B/s' | '1/s' | 'ms' | '1';
  readonly theirs: number;
  /** Null where Pulsewire had none, which is a failure. */
  readonly ours: number | null;
  readonly limit: Limit;
}

/** Whether the two agree, and how far they are apart in the limit's own measure. */
export function judge({ theirs, ours, limit }: Comparison): { agrees: boolean; apart: string } {
  if (ours === null || !Number.isFinite(ours)) return { agrees: false, apart: 'unknown' };
  const difference = Math.abs(ours - theirs);
  switch (limit.kind) {
    case 'equal':
      return { agrees: difference === 0, apart: difference === 0 ? 'equal' : String(difference) };
    case 'points': {
      const points = difference * 100;
      return { agrees: points <= limit.points, apart: `${points.toFixed(2)} pp` };
    }
    case 'relative': {
      if (difference <= limit.least) return { agrees: true, apart: 'rounding' };
      const share = theirs === 0 ? Infinity : difference / Math.abs(theirs);
      return { agrees: share <= limit.share, apart: `${(share * 100).toFixed(2)} %` };
    }
  }
}

/** Every comparison as a line of a table, those that disagree marked. */
export function formatTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((comparison) => {
    const { agrees, apart } = judge(comparison);
    const { load, tool, figure, unit, theirs, ours } = comparison;
    const show = (value: number | null): string =>
      value === null ? '–' : unit === '%' ? (value * 100).toFixed(2) : formatNumber(value);
    return [agrees ? '' : 'DIFFERS', load, tool, figure, show(theirs), show(ours), unit, apart];
  });
  const head = ['', 'load', 'tool', 'figure', 'tool says', 'Pulsewire', 'unit', 'apart'];
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  const isNumber = new Set([4, 5, 7]);
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) => (isNumber.has(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
