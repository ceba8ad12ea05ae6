import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where distributions keep the list of what is on PCI buses (pci.ids). */
const files = ['misc/pci.ids', 'hwdata/pci.ids'] as const;

/**
 * What a PCI device is called: `Navi 21 [Radeon RX 6800]`. Null where that is not known. Reads a list of a megabyte
 * and a half: to be asked once a device.
 */
export function findPciName(shareRoot: string, vendor: string, device: string): string | null {
  if (!/^[0-9a-f]{4}$/.test(vendor) || !/^[0-9a-f]{4}$/.test(device)) return null;
  for (const file of files) {
    try {
      return findName(readFileSync(join(shareRoot, file)), vendor, device);
    } catch {
      // Not installed, or not in this place.
    }
  }
  return null;
}

function findName(list: Buffer, vendor: string, device: string): string | null {
  const vendorAt = list.indexOf(`\n${vendor}  `);
  if (vendorAt < 0) return null;
  // The vendor's devices end where a line begins with neither a tab nor a comment.
  const text = list.toString('utf8', vendorAt + 1, vendorAt + 512 * 1024);
  const end = /\n(?![\t#])/.exec(text)?.index ?? text.length;
  const line = new RegExp(`\\n\\t${device}  (.*)`).exec(text.slice(0, end));
  return line ? line[1]!.trim() : null;
}
