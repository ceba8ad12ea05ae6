/**
 * A number `difference` units of its `decimals`-th decimal further on: `floor(base · 10^decimals + 0.5) + difference`,
 * divided by `10^decimals`, in IEEE doubles, so that it comes out alike to the last bit wherever it is computed.
 */
export function addScaled(base: number, difference: number, decimals: number): number {
  const scale = 10 ** decimals;
  return (Math.floor(base * scale + 0.5) + difference) / scale;
}

/** How many units of the decimal lie between two numbers; null where adding them would not make exactly `next`. */
export function deriveScaled(base: number, next: number, decimals: number): number | null {
  const scale = 10 ** decimals;
  const difference = Math.floor(next * scale + 0.5) - Math.floor(base * scale + 0.5);
  const isExact = Number.isSafeInteger(difference) && addScaled(base, difference, decimals) === next;
  return isExact ? difference : null;
}
