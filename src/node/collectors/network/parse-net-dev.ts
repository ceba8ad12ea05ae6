import type { InterfaceRaw } from '../../../shared/series/raw.ts';
import { ByteScanner } from '../byte-scanner.ts';

/** The counters of one interface. */
export type InterfaceCounters = Omit<InterfaceRaw, 'index' | 'kind' | 'state' | 'speedBitsPerSecond'>;

/**
 * Parses /proc/net/dev. The name ends at the line's last colon before the numbers: old kernels print no blank after
 * it ("eth0:1234"), and aliases have a colon in the name ("eth0:1: 0 …").
 */
export function parseNetDev(bytes: Uint8Array): InterfaceCounters[] {
  const interfaces: InterfaceCounters[] = [];
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    const match = /^\s*(\S.*?):\s*(\d+(?:\s+\d+){10,})\s*$/.exec(line);
    if (!match) continue;
    const scan = new ByteScanner(new TextEncoder().encode(match[2]));
    const columns = Array.from({ length: 12 }, () => scan.number());
    const [rxBytes, rxPackets, rxErrors, rxDropped] = columns as [number, number, number, number];
    const [txBytes, txPackets, txErrors, txDropped] = columns.slice(8) as [number, number, number, number];
    interfaces.push({
      name: match[1]!,
      rxBytes,
      rxPackets,
      rxErrors,
      rxDropped,
      txBytes,
      txPackets,
      txErrors,
      txDropped,
    });
  }
  return interfaces;
}
