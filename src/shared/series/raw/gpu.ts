import * as v from 'valibot';
import { count, name, signed } from './common.ts';

/** One graphics processor. Source: nvidia-smi, or /sys/class/drm for AMD and Intel. */
export const gpuDeviceRawSchema = v.object({
  /** Its address on the bus. */
  id: name,
  name,
  vendor: v.picklist(['nvidia', 'amd', 'intel', 'other']),
  driver: v.nullable(name),
  /** Share of the time with work, 0 to 1, over the driver's own window; null where it is not told. */
  busy: v.nullable(count),
  memoryUsedBytes: v.nullable(count),
  memoryTotalBytes: v.nullable(count),
  temperatureCelsius: v.nullable(signed),
  powerWatts: v.nullable(count),
  powerLimitWatts: v.nullable(count),
  frequencyHz: v.nullable(count),
  maxFrequencyHz: v.nullable(count),
  memoryFrequencyHz: v.nullable(count),
  /** 0 to 1. */
  fan: v.nullable(count),
});
export type GpuDeviceRaw = v.InferOutput<typeof gpuDeviceRawSchema>;

export const gpuRawSchema = v.object({ devices: v.array(gpuDeviceRawSchema) });
export type GpuRaw = v.InferOutput<typeof gpuRawSchema>;
