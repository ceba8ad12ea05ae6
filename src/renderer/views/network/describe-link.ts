import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../../shared/series/rates/network.ts';
import { formatWithPrefix, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';

/** Kind, speed and state of a link in a few words. */
export function describeLink({ kind, speedBitsPerSecond, duplex, state }: InterfaceRaw): string {
  const speed = speedBitsPerSecond ? showText(formatWithPrefix(speedBitsPerSecond, 'bit/s')) : null;
  const half = duplex === 'half' ? t('network:half') : null;
  return [t(`network:kind.${kind}`), speed, half, state === 'down' ? t('network:state.down') : null]
    .filter((word) => word !== null)
    .join(' · ');
}

/**
 * Share of what the link can carry in its busier way, 0 to 1; null where its speed is not told. Half duplex carries
 * both ways in one.
 */
export function deriveUtilisation(
  { speedBitsPerSecond, duplex }: InterfaceRaw,
  rates: InterfaceRates | null,
): number | null {
  if (!rates || !speedBitsPerSecond) return null;
  const { rxBytesPerSecond: rx, txBytesPerSecond: tx } = rates;
  const carried = duplex === 'half' ? rx + tx : Math.max(rx, tx);
  return Math.min(1, (carried * 8) / speedBitsPerSecond);
}
