import { join } from 'node:path';
import type { HostRaw } from '../../../shared/series/raw/host.ts';
import { readNames, readSmallBytes, readSmallFile } from '../small-file.ts';

/** What the firmware says of the machine and of itself. */
export type FirmwareFacts = Pick<
  HostRaw,
  'machine' | 'board' | 'chassis' | 'firmware' | 'bootMode' | 'secureBoot'
>;

/** "System Enclosure or Chassis Types" (SMBIOS 7.4.1) from 3 on; 1 and 2 are "other" and "unknown". */
const chassisTypes = [
  'desktop', 'low-profile desktop', 'pizza box', 'mini tower', 'tower', 'portable', 'laptop', 'notebook', 'hand held',
  'docking station', 'all in one', 'sub notebook', 'space-saving', 'lunch box', 'server', 'expansion chassis',
  'sub chassis', 'bus expansion chassis', 'peripheral chassis', 'RAID chassis', 'rack mount', 'sealed-case PC',
  'multi-system chassis', 'CompactPCI', 'AdvancedTCA', 'blade', 'blade enclosure', 'tablet', 'convertible',
  'detachable', 'IoT gateway', 'embedded PC', 'mini PC', 'stick PC',
] as const; // prettier-ignore

/** The variable that a UEFI keeps of it: four bytes of attributes, then its value. */
const secureBootVariable = 'efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';

/**
 * Reads /sys/class/dmi/id and /sys/firmware (Documentation/ABI/testing/sysfs-firmware-*); the device tree's model where
 * there is no SMBIOS. Figures that only root may read, serial numbers above all, are left alone.
 */
export function readFirmware(sysRoot: string): FirmwareFacts {
  const dmi = (name: string): string | null => {
    const text = readSmallFile(join(sysRoot, 'class/dmi/id', name), 256);
    return text !== null && isTold(text) ? text : null;
  };
  const both = (...names: string[]): string | null => names.map(dmi).filter((text) => text !== null).join(' ') || null; // prettier-ignore
  const model = readSmallFile(join(sysRoot, 'firmware/devicetree/base/model'), 256)?.replaceAll('\0', '');
  const [vendor, version, date] = [dmi('bios_vendor'), dmi('bios_version'), dmi('bios_date')];
  return {
    machine: both('sys_vendor', 'product_name') ?? (model || null),
    board: both('board_vendor', 'board_name'),
    chassis: deriveChassis(readSmallFile(join(sysRoot, 'class/dmi/id/chassis_type'), 64)),
    firmware: vendor === null && version === null && date === null ? null : { vendor, version, date },
    ...readBoot(sysRoot),
  };
}

/** The word for a number of `chassis_type`; null where it is none, or says that it is not known. */
export function deriveChassis(text: string | null): string | null {
  if (text === null || !/^\d{1,3}$/.test(text)) return null;
  // The highest bit says whether it can be locked.
  return chassisTypes[(Number(text) & 0x7f) - 3] ?? null;
}

/** Containers have an empty /sys/firmware, which says nothing. */
function readBoot(sysRoot: string): Pick<FirmwareFacts, 'bootMode' | 'secureBoot'> {
  const tables = readNames(join(sysRoot, 'firmware'));
  if (tables.includes('efi')) {
    const variable = readSmallBytes(join(sysRoot, 'firmware', secureBootVariable), 8);
    const value = variable?.length === 5 ? variable[4] : undefined;
    return { bootMode: 'uefi', secureBoot: value === undefined ? null : value === 1 };
  }
  if (tables.includes('devicetree')) return { bootMode: 'devicetree', secureBoot: null };
  // What neither gave but has SMBIOS tables, a BIOS did.
  return { bootMode: tables.includes('dmi') ? 'bios' : null, secureBoot: null };
}

/** Whether a field was filled in at all: many makers leave what the template said. */
function isTold(text: string): boolean {
  return text !== '' && !/^(to be filled|system (manufacturer|product name|version)|base board|default string|not (specified|applicable)|o\.e\.m|n\/a$|none$)/i.test(text); // prettier-ignore
}
