import type * as v from 'valibot';
import { accessRawSchema } from './raw/access.ts';
import { containersRawSchema } from './raw/container.ts';
import { costRawSchema } from './raw/cost.ts';
import { cpuRawSchema } from './raw/cpu.ts';
import { diagnosticsRawSchema } from './raw/diagnostics.ts';
import { diskRawSchema } from './raw/disk.ts';
import { filesystemRawSchema } from './raw/filesystem.ts';
import { gpuRawSchema } from './raw/gpu.ts';
import { hostRawSchema } from './raw/host.ts';
import { loginRawSchema } from './raw/login.ts';
import { memoryRawSchema } from './raw/memory.ts';
import { networkRawSchema } from './raw/network.ts';
import { powerRawSchema } from './raw/power.ts';
import { processRawSchema } from './raw/process.ts';
import { sensorRawSchema } from './raw/sensor.ts';
import { servicesRawSchema } from './raw/service.ts';
import { socketRawSchema } from './raw/socket.ts';

/**
 * What collectors read and the wire carries: raw counters and gauges as the kernel keeps them, never rates, one file
 * a subject under `raw/`. Units stand in the names; a counter only rises until its source is reset or wraps. `null`
 * is "this machine does not say", which is not zero. A topic is what can be subscribed to, and what one collector
 * reads.
 */
export const topicSchemas = {
  cpu: cpuRawSchema,
  memory: memoryRawSchema,
  network: networkRawSchema,
  socket: socketRawSchema,
  disk: diskRawSchema,
  filesystem: filesystemRawSchema,
  process: processRawSchema,
  sensor: sensorRawSchema,
  power: powerRawSchema,
  gpu: gpuRawSchema,
  container: containersRawSchema,
  service: servicesRawSchema,
  login: loginRawSchema,
  host: hostRawSchema,
  access: accessRawSchema,
  cost: costRawSchema,
  diagnostics: diagnosticsRawSchema,
} as const;

export type Topic = keyof typeof topicSchemas;
export type RawOf<T extends Topic> = v.InferOutput<(typeof topicSchemas)[T]>;

/** Every topic, in the order in which a dashboard shows them. */
export const topics = Object.keys(topicSchemas) as readonly Topic[];
