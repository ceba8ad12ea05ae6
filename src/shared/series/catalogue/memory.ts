import { counter, defineTopic, gauge, identifier } from './metric.ts';

const usage = (state: string) => ({ 'system.memory.state': state });
const vmstat = '/proc/vmstat';
const cgroup = { source: 'memory.max and memory.current of the control group' };

/** Figures of the topic `memory`. */
export const memoryCatalogue = defineTopic(
  'memory',
  '/proc/meminfo',
  {},
  {
    totalBytes: gauge('system.memory.limit', 'By', 'Memory that the system can use.', {
      prometheus: 'node_memory_MemTotal_bytes',
    }),
    freeBytes: gauge('system.memory.usage', 'By', 'Memory that nothing is in.', {
      attributes: usage('free'),
      prometheus: 'node_memory_MemFree_bytes',
    }),
    availableBytes: gauge(
      'system.memory.linux.available',
      'By',
      'Memory that programs can have without swapping.',
      {
        prometheus: 'node_memory_MemAvailable_bytes',
      },
    ),
    buffersBytes: gauge('system.memory.usage', 'By', 'Disk blocks that the kernel keeps in memory.', {
      attributes: usage('buffers'),
      prometheus: 'node_memory_Buffers_bytes',
    }),
    cachedBytes: gauge(
      'system.memory.usage',
      'By',
      'Files that the kernel keeps in memory, with reclaimable slab.',
      {
        attributes: usage('cached'),
        prometheus: {
          name: 'node_memory_Cached_bytes',
          minus: 'slabReclaimableBytes',
          help: 'Files that the kernel keeps in memory, without reclaimable slab.',
        },
      },
    ),
    sharedBytes: gauge(
      'system.memory.linux.shared',
      'By',
      'Memory that programs share, and files in tmpfs.',
      {
        prometheus: 'node_memory_Shmem_bytes',
      },
    ),
    slabBytes: gauge('system.memory.linux.slab.total', 'By', 'Objects of the kernel.', {
      prometheus: 'node_memory_Slab_bytes',
    }),
    slabReclaimableBytes: gauge(
      'system.memory.linux.slab.usage',
      'By',
      'Objects of the kernel that it can give back.',
      {
        attributes: { 'system.memory.linux.slab.state': 'reclaimable' },
        prometheus: 'node_memory_SReclaimable_bytes',
      },
    ),
    dirtyBytes: gauge('system.memory.linux.dirty', 'By', 'Changed data that wait to be written to a disk.', {
      prometheus: 'node_memory_Dirty_bytes',
    }),
    writebackBytes: gauge(
      'system.memory.linux.writeback',
      'By',
      'Data that are being written to a disk now.',
      {
        prometheus: 'node_memory_Writeback_bytes',
      },
    ),
    anonymousBytes: gauge('system.memory.linux.anonymous', 'By', 'Memory of programs that is no file’s.', {
      prometheus: 'node_memory_AnonPages_bytes',
    }),
    mappedBytes: gauge(
      'system.memory.linux.mapped',
      'By',
      'Files that programs have mapped into their memory.',
      {
        prometheus: 'node_memory_Mapped_bytes',
      },
    ),
    pageTablesBytes: gauge(
      'system.memory.linux.page_tables',
      'By',
      'What keeping track of programs’ memory takes.',
      {
        prometheus: 'node_memory_PageTables_bytes',
      },
    ),
    committedBytes: gauge('system.memory.linux.committed', 'By', 'Memory that was promised to programs.', {
      prometheus: 'node_memory_Committed_AS_bytes',
    }),
    commitLimitBytes: gauge(
      'system.memory.linux.commit_limit',
      'By',
      'Memory that may be promised under strict rules.',
      {
        prometheus: 'node_memory_CommitLimit_bytes',
      },
    ),
    'hugePages.pageBytes': gauge('system.memory.linux.hugepages.page_size', 'By', 'Size of one huge page.', {
      prometheus: 'node_memory_Hugepagesize_bytes',
    }),
    'hugePages.total': gauge('system.memory.linux.hugepages.limit', '{page}', 'Huge pages in the pool.', {
      prometheus: 'node_memory_HugePages_Total',
    }),
    'hugePages.free': gauge('system.memory.linux.hugepages.usage', '{page}', 'Huge pages that nobody has.', {
      attributes: { 'system.memory.linux.hugepages.state': 'free' },
      prometheus: 'node_memory_HugePages_Free',
    }),
    'hugePages.reserved': gauge(
      'system.memory.linux.hugepages.reserved',
      '{page}',
      'Huge pages promised, not yet given.',
      {
        prometheus: 'node_memory_HugePages_Rsvd',
      },
    ),
    transparentHugeBytes: gauge(
      'system.memory.linux.hugepages.transparent',
      'By',
      'Huge pages that programs got unasked.',
      {
        prometheus: 'node_memory_AnonHugePages_bytes',
      },
    ),
    swapTotalBytes: gauge('system.paging.limit', 'By', 'Size of the swap space.', {
      prometheus: 'node_memory_SwapTotal_bytes',
    }),
    swapFreeBytes: gauge('system.paging.usage', 'By', 'Swap space that nothing is in.', {
      attributes: { 'system.paging.state': 'free' },
      prometheus: 'node_memory_SwapFree_bytes',
    }),
    pageBytes: identifier('How many bytes a page has, in which swapping is counted here.'),
    swapInPages: counter('system.paging.operations', '{operation}', 'Pages brought back from swap.', {
      attributes: { 'system.paging.direction': 'in' },
      prometheus: 'node_vmstat_pswpin',
      source: vmstat,
    }),
    swapOutPages: counter('system.paging.operations', '{operation}', 'Pages moved out to swap.', {
      attributes: { 'system.paging.direction': 'out' },
      prometheus: 'node_vmstat_pswpout',
      source: vmstat,
    }),
    majorFaults: counter('system.paging.faults', '{fault}', 'Page faults that had to read from a disk.', {
      attributes: { 'system.paging.fault.type': 'major' },
      prometheus: 'node_vmstat_pgmajfault',
      source: vmstat,
    }),
    oomKills: counter(
      'system.memory.linux.oom_kills',
      '{process}',
      'Processes killed because memory ran out.',
      {
        prometheus: 'node_vmstat_oom_kill',
        source: vmstat,
      },
    ),
    'pressure.someMicros': counter(
      'system.linux.pressure.time',
      'us',
      'Time in which at least one task waited for memory.',
      {
        attributes: { 'system.resource': 'memory', 'system.pressure': 'some' },
        prometheus: 'node_pressure_memory_waiting_seconds_total',
        source: '/proc/pressure/memory',
      },
    ),
    'pressure.fullMicros': counter(
      'system.linux.pressure.time',
      'us',
      'Time in which all tasks waited for memory.',
      {
        attributes: { 'system.resource': 'memory', 'system.pressure': 'full' },
        prometheus: 'node_pressure_memory_stalled_seconds_total',
        source: '/proc/pressure/memory',
      },
    ),
    'arc.sizeBytes': gauge('system.memory.linux.zfs.arc.size', 'By', 'What the cache of ZFS holds.', {
      prometheus: 'node_zfs_arc_size',
      source: '/proc/spl/kstat/zfs/arcstats',
    }),
    'arc.minimumBytes': gauge(
      'system.memory.linux.zfs.arc.minimum',
      'By',
      'Below what the cache of ZFS does not shrink.',
      {
        prometheus: 'node_zfs_arc_c_min',
        source: '/proc/spl/kstat/zfs/arcstats',
      },
    ),
    'arc.maximumBytes': gauge(
      'system.memory.linux.zfs.arc.maximum',
      'By',
      'Above what the cache of ZFS does not grow.',
      {
        prometheus: 'node_zfs_arc_c_max',
        source: '/proc/spl/kstat/zfs/arcstats',
      },
    ),
    'limit.limitBytes': gauge(
      'pulsewire.cgroup.memory.limit',
      'By',
      'Memory that the own control group may use.',
      {
        prometheus: 'pulsewire_cgroup_memory_limit_bytes',
        ...cgroup,
      },
    ),
    'limit.usedBytes': gauge(
      'pulsewire.cgroup.memory.usage',
      'By',
      'Memory that the own control group uses.',
      {
        prometheus: 'pulsewire_cgroup_memory_usage_bytes',
        ...cgroup,
      },
    ),
  },
);
