import { counter, defineTopic, gauge } from './metric.ts';

const read = { 'disk.io.direction': 'read' };
const write = { 'disk.io.direction': 'write' };
const health = { source: '/sys/block/NAME/device' };

/** Figures of the topic `disk`. */
export const diskCatalogue = defineTopic(
  'disk',
  '/proc/diskstats',
  { 'devices[]': { attributes: { 'system.device': 'name' }, labels: { device: 'name' } } },
  {
    'devices[].sizeBytes': gauge('system.disk.limit', 'By', 'Size of the disk.', {
      prometheus: 'pulsewire_disk_size_bytes',
      source: '/sys/block/NAME/size',
    }),
    'devices[].readBytes': counter('system.disk.io', 'By', 'Bytes read.', {
      attributes: read,
      prometheus: 'node_disk_read_bytes_total',
    }),
    'devices[].readOperations': counter('system.disk.operations', '{operation}', 'Reads completed.', {
      attributes: read,
      prometheus: 'node_disk_reads_completed_total',
    }),
    'devices[].readTimeMs': counter('system.disk.operation_time', 'ms', 'Time of all reads added up.', {
      attributes: read,
      prometheus: 'node_disk_read_time_seconds_total',
    }),
    'devices[].writtenBytes': counter('system.disk.io', 'By', 'Bytes written.', {
      attributes: write,
      prometheus: 'node_disk_written_bytes_total',
    }),
    'devices[].writeOperations': counter('system.disk.operations', '{operation}', 'Writes completed.', {
      attributes: write,
      prometheus: 'node_disk_writes_completed_total',
    }),
    'devices[].writeTimeMs': counter('system.disk.operation_time', 'ms', 'Time of all writes added up.', {
      attributes: write,
      prometheus: 'node_disk_write_time_seconds_total',
    }),
    'devices[].discardedBytes': counter(
      'system.disk.linux.discarded',
      'By',
      'Bytes told to the disk as not needed any more.',
      {
        prometheus: { name: 'node_disk_discarded_sectors_total', per: 512 },
      },
    ),
    'devices[].discardOperations': counter(
      'system.disk.linux.discards',
      '{operation}',
      'Discards completed.',
      {
        prometheus: 'node_disk_discards_completed_total',
      },
    ),
    'devices[].discardTimeMs': counter(
      'system.disk.linux.discard_time',
      'ms',
      'Time of all discards added up.',
      { prometheus: 'node_disk_discard_time_seconds_total' },
    ),
    'devices[].flushOperations': counter(
      'system.disk.linux.flushes',
      '{operation}',
      'How often the disk’s cache was flushed.',
      {
        prometheus: 'node_disk_flush_requests_total',
      },
    ),
    'devices[].flushTimeMs': counter('system.disk.linux.flush_time', 'ms', 'Time of all flushes added up.', {
      prometheus: 'node_disk_flush_requests_time_seconds_total',
    }),
    'devices[].busyTimeMs': counter(
      'system.disk.io_time',
      'ms',
      'Time with at least one operation under way.',
      {
        prometheus: 'node_disk_io_time_seconds_total',
      },
    ),
    'devices[].queueTimeMs': counter(
      'system.disk.linux.queue_time',
      'ms',
      'Time of each operation under way added up.',
      {
        prometheus: 'node_disk_io_time_weighted_seconds_total',
      },
    ),
    'devices[].inFlight': gauge('system.disk.linux.pending', '{operation}', 'Operations under way now.', {
      prometheus: 'node_disk_io_now',
    }),
    'devices[].health.ioErrors': counter(
      'hw.physical_disk.errors',
      '{error}',
      'Commands that ended with an error.',
      {
        prometheus: 'pulsewire_disk_errors_total',
        ...health,
      },
    ),
    'devices[].health.ioTimeouts': counter(
      'hw.physical_disk.timeouts',
      '{error}',
      'Commands that did not end in time.',
      {
        prometheus: 'pulsewire_disk_timeouts_total',
        ...health,
      },
    ),
    'devices[].health.temperatureCelsius': gauge('hw.temperature', 'Cel', 'Temperature of the disk.', {
      attributes: { 'hw.type': 'physical_disk' },
      prometheus: 'pulsewire_disk_temperature_celsius',
      ...health,
    }),
    'devices[].health.missingMembers': gauge(
      'hw.logical_disk.missing_members',
      '{disk}',
      'Disks that a RAID array goes without.',
      { prometheus: 'pulsewire_disk_missing_members', source: '/sys/block/NAME/md/degraded' },
    ),
    'devices[].health.lifeUsed': gauge(
      'hw.physical_disk.life_used',
      '1',
      'Share of its rated life that the disk has behind it.',
      { prometheus: 'pulsewire_disk_life_used_ratio', source: '/sys/block/NAME/device/life_time' },
    ),
    'pressure.someMicros': counter(
      'system.linux.pressure.time',
      'us',
      'Time in which at least one task waited for a disk.',
      {
        attributes: { 'system.resource': 'io', 'system.pressure': 'some' },
        prometheus: 'node_pressure_io_waiting_seconds_total',
        source: '/proc/pressure/io',
      },
    ),
    'pressure.fullMicros': counter(
      'system.linux.pressure.time',
      'us',
      'Time in which all tasks waited for a disk.',
      {
        attributes: { 'system.resource': 'io', 'system.pressure': 'full' },
        prometheus: 'node_pressure_io_stalled_seconds_total',
        source: '/proc/pressure/io',
      },
    ),
  },
);
