import { defineTopic, gauge } from './metric.ts';

/** Figures of the topic `filesystem`. */
export const filesystemCatalogue = defineTopic(
  'filesystem',
  'statfs(2)',
  {
    'mounts[]': {
      attributes: {
        'system.device': 'device',
        'system.filesystem.type': 'type',
        'system.filesystem.mountpoint': 'mountPoint',
      },
      labels: { device: 'device', fstype: 'type', mountpoint: 'mountPoint' },
    },
  },
  {
    'mounts[].readOnly': gauge('system.filesystem.read_only', '1', 'Whether nothing can be written there.', {
      prometheus: 'node_filesystem_readonly',
      source: '/proc/self/mountinfo',
    }),
    'mounts[].turnedReadOnlyWallMs': gauge(
      'system.filesystem.turned_read_only',
      'ms',
      'When it was seen to have turned read-only, since 1970 UTC.',
      { prometheus: 'pulsewire_filesystem_turned_readonly_seconds', source: '/proc/self/mountinfo' },
    ),
    'mounts[].space.totalBytes': gauge('system.filesystem.limit', 'By', 'Size of the file system.', {
      prometheus: 'node_filesystem_size_bytes',
    }),
    'mounts[].space.freeBytes': gauge(
      'system.filesystem.linux.unused',
      'By',
      'Free space, with what root keeps.',
      {
        prometheus: 'node_filesystem_free_bytes',
      },
    ),
    'mounts[].space.availableBytes': gauge(
      'system.filesystem.usage',
      'By',
      'Space that users may still write to.',
      {
        attributes: { 'system.filesystem.state': 'free' },
        prometheus: 'node_filesystem_avail_bytes',
      },
    ),
    'mounts[].space.inodesTotal': gauge(
      'system.filesystem.inode.count',
      '{inode}',
      'How many files there can be.',
      {
        prometheus: 'node_filesystem_files',
      },
    ),
    'mounts[].space.inodesFree': gauge(
      'system.filesystem.inode.free',
      '{inode}',
      'How many files can still be made.',
      {
        prometheus: 'node_filesystem_files_free',
      },
    ),
  },
);
