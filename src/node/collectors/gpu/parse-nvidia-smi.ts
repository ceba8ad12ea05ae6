import { createUnknown } from '../../../shared/series/raw/unknown.ts';
import { gpuDeviceRawSchema, type GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';

/** What `nvidia-smi` is asked for, in this order; the name comes last, since it may hold a comma. */
export const nvidiaFields = [
  'pci.bus_id', 'utilization.gpu', 'memory.used', 'memory.total', 'temperature.gpu', 'power.draw', 'power.limit',
  'clocks.gr', 'clocks.max.gr', 'clocks.mem', 'fan.speed', 'name',
] as const; // prettier-ignore

const mebibyte = 1024 * 1024;
const megahertz = 1e6;

/**
 * Parses one line of `nvidia-smi --format=csv,noheader,nounits`; null where it is none, as a message of the tool is
 * not. A figure that the card has not (`[N/A]`, `[Not Supported]`, `[GPU is lost]`) is null.
 */
export function parseNvidiaLine(line: string): GpuDeviceRaw | null {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length < nvidiaFields.length) return null;
  const id = parseBusAddress(cells[0]!);
  if (id === null) return null;
  const figure = (field: (typeof nvidiaFields)[number], unit = 1): number | null => {
    const text = cells[nvidiaFields.indexOf(field)]!;
    return /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) * unit : null;
  };
  const positive = (value: number | null): number | null => (value !== null && value < 0 ? null : value);
  return {
    ...createUnknown(gpuDeviceRawSchema),
    id,
    name: cells.slice(nvidiaFields.length - 1).join(', ').slice(0, 256) || 'NVIDIA',
    vendor: 'nvidia',
    driver: 'nvidia',
    busy: positive(figure('utilization.gpu', 0.01)),
    memoryUsedBytes: positive(figure('memory.used', mebibyte)),
    memoryTotalBytes: positive(figure('memory.total', mebibyte)),
    temperatureCelsius: figure('temperature.gpu'),
    powerWatts: positive(figure('power.draw')),
    powerLimitWatts: positive(figure('power.limit')),
    frequencyHz: positive(figure('clocks.gr', megahertz)),
    maxFrequencyHz: positive(figure('clocks.max.gr', megahertz)),
    memoryFrequencyHz: positive(figure('clocks.mem', megahertz)),
    fan: positive(figure('fan.speed', 0.01)),
  }; // prettier-ignore
}

/** An address on the bus as /sys writes it: `00000000:01:00.0` is `0000:01:00.0` there. Null for what is none. */
export function parseBusAddress(text: string): string | null {
  const match = /^(?:[0-9a-f]{0,4})([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f])$/i.exec(text);
  return match ? match[1]!.toLowerCase() : null;
}
