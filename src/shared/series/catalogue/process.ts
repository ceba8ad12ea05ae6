import { counter, defineTopic, gauge, identifier } from './metric.ts';

/** Figures of the topic `process`. None is on the Prometheus page: each process would leave series of its own behind. */
export const processCatalogue = defineTopic(
  'process',
  '/proc/PID/stat',
  {},
  {
    ticksPerSecond: identifier('How many ticks, in which times are counted here, make a second.'),
    bootedWallMs: identifier(
      'When the machine started, in milliseconds since 1970 UTC; `startTicks` counts from it.',
    ),
    threads: gauge('system.thread.count', '{thread}', 'Threads of all processes together.'),
    'pid[]': identifier('The kernel’s number of the process, which is used again once it has ended.'),
    'startTicks[]': identifier(
      'Ticks from the machine’s start to the process’s; with `pid` it names one process for certain.',
    ),
    'parentPid[]': identifier('The process that started it, or took it over.'),
    'user[]': identifier('Index into `users`.'),
    'group[]': identifier('Index into `groups`.'),
    'threadCount[]': gauge('process.thread.count', '{thread}', 'Threads of the process.'),
    'nice[]': gauge('process.linux.nice', '{level}', 'How far it lets others go first, from −20 to 19.'),
    'cpuTicks[]': counter('process.cpu.time', '{tick}', 'Time on a core, in user and kernel mode.'),
    'cpuShares[]': gauge(
      'process.cpu.utilization',
      '1',
      'Share of one core lately, as a platform says itself that counts no ticks.',
      { source: 'systeminformation' },
    ),
    'residentBytes[]': gauge('process.memory.usage', 'By', 'Memory that it has in use.', {
      source: '/proc/PID/statm',
    }),
    'readBytes[]': counter('process.disk.io', 'By', 'Bytes that came from storage.', {
      attributes: { 'disk.io.direction': 'read' },
      source: '/proc/PID/io',
    }),
    'writtenBytes[]': counter('process.disk.io', 'By', 'Bytes that went to storage.', {
      attributes: { 'disk.io.direction': 'write' },
      source: '/proc/PID/io',
    }),
    'ageMs[]': gauge(
      'pulsewire.process.row.age',
      'ms',
      'How long before the section’s `readMs` this row was read.',
      {
        source: 'the monitor itself',
      },
    ),
  },
);
