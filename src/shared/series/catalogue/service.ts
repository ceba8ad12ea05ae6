import { counter, defineTopic, gauge } from './metric.ts';

const state = (state: string, words: string) =>
  gauge('system.service.status', '1', `Whether the service ${words}.`, {
    attributes: { 'system.service.state': state },
    equals: state,
    prometheus: {
      name: 'node_systemd_unit_state',
      labels: { state },
      help: '1 for the state that the service is in, 0 for the others.',
    },
    source: 'the service manager',
  });

/** Figures of the topic `service`. */
export const serviceCatalogue = defineTopic(
  'service',
  'cgroup v2',
  { 'services[]': { attributes: { 'system.service.name': 'name' }, labels: { name: 'name' } } },
  {
    'services[].state': [
      state('active', 'runs, or did what it was to do'),
      state('activating', 'is being started'),
      state('deactivating', 'is being stopped'),
      state('failed', 'failed'),
      state('inactive', 'does not run'),
    ],
    'services[].cpuMicros': counter('system.service.cpu.time', 'us', 'Time that it spent on cores.', {
      prometheus: 'pulsewire_service_cpu_seconds_total',
    }),
    'services[].memoryBytes': gauge(
      'system.service.memory.usage',
      'By',
      'Memory that it uses, files in memory included.',
      {
        prometheus: 'pulsewire_service_memory_bytes',
      },
    ),
    'services[].tasks': gauge('system.service.task.count', '{task}', 'Its processes and threads.', {
      prometheus: 'node_systemd_unit_tasks_current',
    }),
    'services[].readBytes': counter('system.service.disk.io', 'By', 'Bytes that it read from disks.', {
      attributes: { 'disk.io.direction': 'read' },
      prometheus: 'pulsewire_service_read_bytes_total',
    }),
    'services[].writtenBytes': counter('system.service.disk.io', 'By', 'Bytes that it wrote to disks.', {
      attributes: { 'disk.io.direction': 'write' },
      prometheus: 'pulsewire_service_written_bytes_total',
    }),
  },
);
