import * as v from 'valibot';

/**
 * What collectors read and the wire carries: raw counters and gauges as the kernel keeps them, never rates.
 * Units stand in the names; a counter only rises until its source is reset or wraps. `null` is "this machine
 * does not say", which is not zero.
 */

const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(4096));

/** Time spent in each state since boot, in ticks (`ticksPerSecond`). Source: /proc/stat, see proc_stat(5). */
export const cpuTimesSchema = v.object({
  user: count,
  nice: count,
  system: count,
  idle: count,
  iowait: count,
  irq: count,
  softirq: count,
  steal: count,
  /** Running guests; the kernel has counted it in `user` already. */
  guest: count,
  guestNice: count,
});
export type CpuTimes = v.InferOutput<typeof cpuTimesSchema>;

export const cpuRawSchema = v.object({
  ticksPerSecond: count,
  total: cpuTimesSchema,
  /** One entry an online logical core; `id` is the kernel's number, with holes where cores are offline. */
  cores: v.array(v.object({ id: count, times: cpuTimesSchema })),
  load: v.nullable(v.object({ one: count, five: count, fifteen: count })),
  runnable: v.nullable(count),
  blocked: v.nullable(count),
  contextSwitches: v.nullable(count),
  interrupts: v.nullable(count),
  forks: v.nullable(count),
  /** How many cores' worth of time the cgroup may use; null without a limit. */
  limitCores: v.nullable(count),
});
export type CpuRaw = v.InferOutput<typeof cpuRawSchema>;

/** Source: /proc/meminfo (there in kB), /proc/vmstat for the swap counters. */
export const memoryRawSchema = v.object({
  totalBytes: count,
  freeBytes: count,
  /** The kernel's estimate of what can be had without swapping (MemAvailable). */
  availableBytes: count,
  buffersBytes: count,
  /** Page cache with reclaimable slab, as free(1) counts it. */
  cachedBytes: count,
  sharedBytes: v.nullable(count),
  swapTotalBytes: count,
  swapFreeBytes: count,
  swapInPages: v.nullable(count),
  swapOutPages: v.nullable(count),
  /** Memory limit of the cgroup and what it uses of it; null without a limit. */
  limit: v.nullable(v.object({ limitBytes: count, usedBytes: count })),
});
export type MemoryRaw = v.InferOutput<typeof memoryRawSchema>;

/** Source: /proc/net/dev, /sys/class/net. */
export const interfaceRawSchema = v.object({
  name,
  /** The kernel's index: tells a renamed interface from a new one. */
  index: v.nullable(count),
  kind: v.picklist(['loopback', 'ethernet', 'wifi', 'virtual', 'other']),
  state: v.picklist(['up', 'down', 'unknown']),
  speedBitsPerSecond: v.nullable(count),
  rxBytes: count,
  rxPackets: count,
  rxErrors: count,
  rxDropped: count,
  txBytes: count,
  txPackets: count,
  txErrors: count,
  txDropped: count,
});
export type InterfaceRaw = v.InferOutput<typeof interfaceRawSchema>;
export const networkRawSchema = v.object({ interfaces: v.array(interfaceRawSchema) });
export type NetworkRaw = v.InferOutput<typeof networkRawSchema>;

/** Source: /proc/diskstats, see Documentation/admin-guide/iostats.rst. Sectors there are always 512 bytes. */
export const deviceRawSchema = v.object({
  name,
  /** "major:minor", which tells a device from another that took its name. */
  number: v.nullable(name),
  model: v.nullable(name),
  sizeBytes: v.nullable(count),
  readBytes: count,
  readOperations: count,
  readTimeMs: count,
  writtenBytes: count,
  writeOperations: count,
  writeTimeMs: count,
  /** Time with at least one operation under way. */
  busyTimeMs: count,
  queueTimeMs: count,
  inFlight: count,
});
export type DeviceRaw = v.InferOutput<typeof deviceRawSchema>;
export const diskRawSchema = v.object({ devices: v.array(deviceRawSchema) });
export type DiskRaw = v.InferOutput<typeof diskRawSchema>;

/** Source: /proc/self/mountinfo and statfs(2) for each. */
export const mountRawSchema = v.object({
  mountPoint: name,
  device: name,
  type: name,
  readOnly: v.boolean(),
  /** null where the file system did not answer within its deadline or refused. */
  space: v.nullable(
    v.object({
      totalBytes: count,
      freeBytes: count,
      /** What an unprivileged user may still write. */
      availableBytes: count,
      inodesTotal: count,
      inodesFree: count,
    }),
  ),
});
export type MountRaw = v.InferOutput<typeof mountRawSchema>;
export const filesystemRawSchema = v.object({ mounts: v.array(mountRawSchema) });
export type FilesystemRaw = v.InferOutput<typeof filesystemRawSchema>;

export const hostRawSchema = v.object({
  hostname: name,
  operatingSystem: name,
  kernel: name,
  architecture: name,
  processor: v.nullable(name),
  logicalCores: count,
  physicalCores: v.nullable(count),
  memoryBytes: count,
  machine: v.nullable(name),
  virtualization: v.nullable(name),
  bootedWallMs: count,
  uptimeSeconds: count,
});
export type HostRaw = v.InferOutput<typeof hostRawSchema>;

const taskSchema = v.object({
  name,
  ageMs: count,
  sinceTickMs: count,
  ticks: count,
  errors: count,
  lastError: v.nullable(v.string()),
});

/** Who is being served, by what, and the proof of what was left of those who went. */
export const diagnosticsRawSchema = v.object({
  clients: v.array(
    v.object({
      id: name,
      kind: v.picklist(['window', 'tray', 'socket', 'local']),
      name,
      address: v.nullable(name),
      scope: v.picklist(['view', 'control', 'local']),
      state: v.picklist(['greeting', 'live', 'draining', 'closed']),
      ageMs: count,
      subscriptions: count,
      queuedBytes: count,
      unacknowledged: count,
      sent: count,
      dropped: count,
      tasks: v.array(taskSchema),
      resources: count,
      lastError: v.nullable(v.string()),
    }),
  ),
  closed: v.array(
    v.object({
      id: name,
      kind: name,
      name,
      reason: v.string(),
      sinceMs: count,
      livedMs: count,
      tasksLeft: count,
      notStopped: v.array(v.string()),
      sent: count,
      dropped: count,
    }),
  ),
  services: v.array(v.object({ name, ageMs: count, tasks: v.array(taskSchema) })),
  collectors: v.array(
    v.object({
      id: name,
      state: v.picklist(['idle', 'active', 'unsupported', 'needsPermission', 'late', 'failed']),
      intervalMs: v.nullable(count),
      lastReadMs: v.nullable(count),
      reads: count,
      failures: count,
      message: v.nullable(v.string()),
    }),
  ),
  sampler: v.object({ seq: count, demands: count, encodes: count }),
  process: v.object({
    pid: count,
    residentBytes: v.nullable(count),
    cpuMs: v.nullable(count),
    uptimeMs: count,
    activeResources: v.record(v.string(), count),
  }),
});
export type DiagnosticsRaw = v.InferOutput<typeof diagnosticsRawSchema>;

/** The schema of each topic's data. A topic is what can be subscribed to, and what one collector reads. */
export const topicSchemas = {
  cpu: cpuRawSchema,
  memory: memoryRawSchema,
  network: networkRawSchema,
  disk: diskRawSchema,
  filesystem: filesystemRawSchema,
  host: hostRawSchema,
  diagnostics: diagnosticsRawSchema,
} as const;

export type Topic = keyof typeof topicSchemas;
export type RawOf<T extends Topic> = v.InferOutput<(typeof topicSchemas)[T]>;

/** Every topic, in the order in which a dashboard shows them. */
export const topics = Object.keys(topicSchemas) as readonly Topic[];
