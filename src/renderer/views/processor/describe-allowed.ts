import { formatShare, showText } from '../../../shared/series/units.ts';

/** A share of what a control group lets this host use, in words: "63 % of the 2 cores this host may use". */
export function describeAllowed(share: number | null, limitCores: number): string {
  const cores = Number.isInteger(limitCores) ? String(limitCores) : limitCores.toFixed(2);
  const what = limitCores === 1 ? '1 core' : `${cores} cores`;
  return `${showText(formatShare(share))} of the ${what} this host may use`;
}
