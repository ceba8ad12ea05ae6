import { showText, type Shown } from '../../shared/series/units.ts';

/** A figure as it stands beside a grid line: without the digits that round steps do not need. */
export function formatTick({ value, unit }: Shown): string {
  return value === '0' ? value : showText({ value: value.replace(/[.,]0+$/, ''), unit });
}
