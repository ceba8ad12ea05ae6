import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../../shared/series/rates/network.ts';
import { formatWithPrefix, showText } from '../../../shared/series/units.ts';

export const interfaceKinds: Readonly<Record<InterfaceRaw['kind'], string>> = {
  ethernet: 'Wired',
  wifi: 'Wireless',
  virtual: 'Virtual',
  loopback: 'Loopback',
  other: 'Other',
};

/** Kind, speed and state of a link in a few words. */
export function describeLink({ kind, speedBitsPerSecond, duplex, state }: InterfaceRaw): string {
  const speed = speedBitsPerSecond ? showText(formatWithPrefix(speedBitsPerSecond, 'bit/s')) : null;
  const half = duplex === 'half' ? 'half duplex' : null;
  return [interfaceKinds[kind], speed, half, state === 'down' ? 'down' : null]
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
