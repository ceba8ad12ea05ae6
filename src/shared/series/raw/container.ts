import * as v from 'valibot';
import { count, name } from './common.ts';

/** What a control group has used. Counters of cgroup-v2.rst; null where its controller is off. */
export const groupUsageEntries = {
  cpuMicros: v.nullable(count),
  memoryBytes: v.nullable(count),
  tasks: v.nullable(count),
  readBytes: v.nullable(count),
  writtenBytes: v.nullable(count),
} as const;

/** One container, seen by its control group; its name comes from the engine's socket where that can be reached. */
export const containerRawSchema = v.object({
  /** The engine's full id. */
  id: name,
  name: v.nullable(name),
  image: v.nullable(name),
  engine: v.picklist(['docker', 'podman', 'containerd', 'cri-o', 'lxc', 'nspawn', 'unknown']),
  startedWallMs: v.nullable(count),
  ...groupUsageEntries,
  throttledMicros: v.nullable(count),
  memoryLimitBytes: v.nullable(count),
  limitCores: v.nullable(count),
  oomKills: v.nullable(count),
});
export type ContainerRaw = v.InferOutput<typeof containerRawSchema>;

export const containersRawSchema = v.object({
  containers: v.array(containerRawSchema),
  /** Why containers have no names, and what to do; null where they have. */
  namesRemedy: v.nullable(v.string()),
});
export type ContainersRaw = v.InferOutput<typeof containersRawSchema>;
