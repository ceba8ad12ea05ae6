import type { Systeminformation } from 'systeminformation';
import type { GpuDeviceRaw, GpuRaw } from '../../../shared/series/raw/gpu.ts';
import { told, toldText, type PortableSources } from './portable-sources.ts';

const bytesOfMebibyte = 2 ** 20;
const vendors: readonly (readonly [RegExp, GpuDeviceRaw['vendor']])[] = [
  [/nvidia/i, 'nvidia'],
  [/\b(amd|ati)\b|advanced micro devices|radeon/i, 'amd'],
  [/intel/i, 'intel'],
];

/**
 * Graphics processors. Only of NVIDIA's does the library know more than memory, and it leaves out what is 0: a load of
 * 0 % cannot be told from one that is not told, and is null.
 */
export async function readPortableGpu({ library }: PortableSources): Promise<GpuRaw> {
  const { controllers } = await library.graphics();
  return { devices: controllers.map(deriveDevice) };
}

function deriveDevice(controller: Systeminformation.GraphicsControllerData, index: number): GpuDeviceRaw {
  const scaled = (value: number | null | undefined, factor: number): number | null => {
    const known = told(value);
    return known === null ? null : known * factor;
  };
  const maker = `${controller.vendor ?? ''} ${controller.model ?? ''}`;
  return {
    id: toldText(controller.pciBus) ?? toldText(controller.busAddress) ?? `controller ${index}`,
    name: toldText(controller.name) ?? toldText(controller.model) ?? 'Graphics',
    vendor: vendors.find(([pattern]) => pattern.test(maker))?.[1] ?? 'other',
    driver: toldText(controller.driverVersion),
    busy: share(controller.utilizationGpu),
    memoryUsedBytes: scaled(controller.memoryUsed, bytesOfMebibyte),
    // What is taken from the machine's own memory as needed is no size.
    memoryTotalBytes: controller.vramDynamic ? null : scaled(controller.memoryTotal ?? controller.vram, bytesOfMebibyte), // prettier-ignore
    temperatureCelsius: told(controller.temperatureGpu),
    powerWatts: told(controller.powerDraw),
    powerLimitWatts: told(controller.powerLimit),
    frequencyHz: scaled(controller.clockCore, 1e6),
    maxFrequencyHz: null,
    memoryFrequencyHz: scaled(controller.clockMemory, 1e6),
    fan: share(controller.fanSpeed),
  };
}

function share(percent: number | null | undefined): number | null {
  const known = told(percent);
  return known === null ? null : Math.min(1, known / 100);
}
