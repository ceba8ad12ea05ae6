import { basename, join } from 'node:path';
import type { GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';
import { readLinkTarget, readNames, readSmallFile } from '../small-file.ts';
import { findPciName } from './pci-names.ts';

/** A graphics processor as the kernel has it. */
export interface DrmCard {
  readonly id: string;
  readonly name: string;
  readonly vendor: GpuDeviceRaw['vendor'];
  readonly driver: string | null;
  /** `card0` and the device that it is, under /sys. */
  readonly folder: string;
  readonly device: string;
}

const vendors: Readonly<Record<string, readonly [vendor: GpuDeviceRaw['vendor'], words: string]>> = {
  '10de': ['nvidia', 'NVIDIA'],
  '1002': ['amd', 'AMD'],
  '8086': ['intel', 'Intel'],
};
/** Drivers of what only shows pictures: the screen of a virtual machine or of a server's console, a made-up one. */
const onlyScreens = /^(ast|bochs-drm|cirrus|efifb|evdi|gma500|hyperv_drm|mgag200|qxl|simple-framebuffer|simpledrm|udl|vboxvideo|virtio.gpu|virtio-pci|vkms|vmwgfx|xlnx)$/; // prettier-ignore

/** The graphics processors under /sys/class/drm, each once, without those that only show pictures. */
export function findDrmCards(sysRoot: string, shareRoot: string): DrmCard[] {
  const root = join(sysRoot, 'class/drm');
  const numbers = readNames(root).flatMap((name) => /^card(\d+)$/.exec(name)?.[1] ?? []);
  return numbers
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((number) => readCard(join(root, `card${number}`), shareRoot) ?? []);
}

function readCard(folder: string, shareRoot: string): DrmCard | null {
  const device = join(folder, 'device');
  const uevent = readSmallFile(join(device, 'uevent')) ?? '';
  const property = (key: string): string | null => new RegExp(`^${key}=(.+)$`, 'm').exec(uevent)?.[1] ?? null;
  const hexadecimal = (file: string): string => (readSmallFile(join(device, file), 64) ?? '').replace(/^0x/, '').toLowerCase(); // prettier-ignore
  const [vendorId, deviceId] = [hexadecimal('vendor'), hexadecimal('device')];
  const driver = property('DRIVER');
  if ((driver === null && vendorId === '') || (driver !== null && onlyScreens.test(driver))) return null;
  const [vendor, words] = vendors[vendorId] ?? (['other', driver ?? vendorId] as const);
  const known =
    readSmallFile(join(device, 'product_name'), 256) || findPciName(shareRoot, vendorId, deviceId);
  const number = deviceId === '' ? '' : ` ${vendorId}:${deviceId}`;
  return {
    id: property('PCI_SLOT_NAME') ?? basename(readLinkTarget(device) ?? folder),
    name: known ? `${words} ${known}` : `${words}${number}`,
    vendor,
    driver,
    folder,
    device,
  };
}
