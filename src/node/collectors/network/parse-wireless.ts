import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';

export type WifiSignal = NonNullable<InterfaceRaw['wifi']>;

/** The best quality of a link whose driver gives its signal in dBm (net/wireless/wext-compat.c), and of another. */
const best = { dbm: 70, other: 100 } as const;

/**
 * Parses /proc/net/wireless (wireless.7) into the signal of each link by its name. Kernels without the old wireless
 * extensions have no such file. A level that is not below zero is the driver's own measure and no dBm.
 */
export function parseWireless(text: string): Map<string, WifiSignal> {
  const signals = new Map<string, WifiSignal>();
  for (const line of text.split('\n')) {
    const [, name, link, level] = /^\s*(\S+):\s+[0-9a-f]+\s+(\d+)\.?\s+(-?\d+)\.?\s/i.exec(line) ?? [];
    if (name === undefined) continue;
    const signalDbm = Number(level) < 0 && Number(level) > -256 ? Number(level) : null;
    const quality = Math.min(1, Number(link) / (signalDbm === null ? best.other : best.dbm));
    signals.set(name, { signalDbm, quality });
  }
  return signals;
}
