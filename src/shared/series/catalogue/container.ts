import { counter, defineTopic, gauge } from './metric.ts';

/** Figures of the topic `container`, on the Prometheus page under cAdvisor's names. */
export const containerCatalogue = defineTopic(
  'container',
  'cgroup v2',
  {
    'containers[]': {
      attributes: { 'container.id': 'id', 'container.name': 'name', 'container.image.name': 'image' },
      labels: { id: 'id', name: 'name', image: 'image' },
    },
  },
  {
    'containers[].startedWallMs': gauge(
      'container.start_time',
      'ms',
      'When it was started, since 1970 UTC.',
      {
        prometheus: 'container_start_time_seconds',
      },
    ),
    'containers[].cpuMicros': counter('container.cpu.time', 'us', 'Time that it spent on cores.', {
      prometheus: 'container_cpu_usage_seconds_total',
    }),
    'containers[].memoryBytes': gauge(
      'container.memory.usage',
      'By',
      'Memory that it uses, files in memory included.',
      {
        prometheus: 'container_memory_usage_bytes',
      },
    ),
    'containers[].tasks': gauge('container.task.count', '{task}', 'Its processes and threads.', {
      prometheus: 'container_threads',
    }),
    'containers[].readBytes': counter('container.disk.io', 'By', 'Bytes that it read from disks.', {
      attributes: { 'disk.io.direction': 'read' },
      prometheus: 'container_fs_reads_bytes_total',
    }),
    'containers[].writtenBytes': counter('container.disk.io', 'By', 'Bytes that it wrote to disks.', {
      attributes: { 'disk.io.direction': 'write' },
      prometheus: 'container_fs_writes_bytes_total',
    }),
    'containers[].throttledMicros': counter(
      'container.cpu.throttled_time',
      'us',
      'Time in which its limit held it back.',
      {
        prometheus: 'container_cpu_cfs_throttled_seconds_total',
      },
    ),
    'containers[].memoryLimitBytes': gauge('container.memory.limit', 'By', 'Memory that it may use.', {
      prometheus: 'container_spec_memory_limit_bytes',
    }),
    'containers[].limitCores': gauge(
      'container.cpu.limit',
      '{cpu}',
      'How many cores’ worth of time it may use.',
      {
        prometheus: 'pulsewire_container_cpu_limit_cores',
      },
    ),
    'containers[].oomKills': counter(
      'container.memory.oom_kills',
      '{process}',
      'Its processes killed because memory ran out.',
      {
        prometheus: 'container_oom_events_total',
      },
    ),
  },
);
