import { currentFormats } from '../../shared/series/formats.ts';

/**
 * The least round number that is not under `value`, in the units it is shown in: 1, 2 and 5 times a power of ten; for
 * bytes in binary multiples 1, 2, 4 … of 1024; for `traffic` (bytes a second) round in bits where those were chosen.
 */
export function niceCeiling(value: number, kind: 'decimal' | 'bytes' | 'traffic', least: number): number {
  const wanted = Math.max(Number.isFinite(value) ? value : 0, least);
  const { multiples, traffic } = currentFormats();
  if (kind === 'traffic' && traffic === 'bits') return decimalCeiling(wanted * 8) / 8;
  if (kind !== 'decimal' && multiples === 'binary') return 2 ** Math.ceil(Math.log2(wanted));
  return decimalCeiling(wanted);
}

function decimalCeiling(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  for (const step of [1, 2, 5]) if (wanted <= step * power) return step * power;
  return 10 * power;
}
