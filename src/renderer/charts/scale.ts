/** The least of 1, 2 and 5 times a power of `base` (10) that is not under `value`; for bytes 1, 2, 4 … of 1024. */
export function niceCeiling(value: number, kind: 'decimal' | 'bytes', least: number): number {
  const wanted = Math.max(Number.isFinite(value) ? value : 0, least);
  if (kind === 'bytes') return 2 ** Math.ceil(Math.log2(wanted));
  const power = 10 ** Math.floor(Math.log10(wanted));
  for (const step of [1, 2, 5]) if (wanted <= step * power) return step * power;
  return 10 * power;
}
