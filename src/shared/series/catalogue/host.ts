import { defineTopic, gauge, info } from './metric.ts';

/** Figures of the topic `host`. */
export const hostCatalogue = defineTopic(
  'host',
  '/proc',
  {},
  {
    kernel: info('system.host.info', 'Name of the host, its kernel and architecture.', {
      name: 'node_uname_info',
      labelsFrom: {
        nodename: 'hostname',
        release: 'kernel',
        version: 'kernelBuild',
        machine: 'architecture',
      },
    }),
    logicalCores: gauge('system.cpu.logical.count', '{cpu}', 'Cores that programs see.', {
      source: '/proc/cpuinfo',
    }),
    physicalCores: gauge('system.cpu.physical.count', '{cpu}', 'Cores that there are in hardware.', {
      source: '/proc/cpuinfo',
    }),
    memoryBytes: gauge('hw.memory.size', 'By', 'Memory of the machine.', { source: '/proc/meminfo' }),
    bootedWallMs: gauge('system.boot_time', 'ms', 'When the machine was started, since 1970 UTC.', {
      prometheus: 'node_boot_time_seconds',
      source: '/proc/stat',
    }),
    uptimeSeconds: gauge('system.uptime', 's', 'How long the machine has been running.', {
      source: '/proc/uptime',
    }),
  },
);
