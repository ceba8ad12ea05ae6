import { counter, defineTopic, gauge, identifier } from './metric.ts';

/** Figures of the topic `cost`: what the monitor itself takes. Clients are named, so they are not on the Prometheus page. */
export const costCatalogue = defineTopic(
  'cost',
  'the monitor itself',
  {
    'processes[]': { attributes: { 'process.pid': 'pid', 'pulsewire.role': 'role' } },
    'collectors[]': { attributes: { 'pulsewire.collector': 'id' }, labels: { collector: 'id' } },
    'clients[]': { attributes: { 'pulsewire.client': 'id' } },
  },
  {
    'processes[].pid': identifier('The kernel’s number of the process.'),
    'processes[].cpuMs': counter(
      'pulsewire.process.cpu.time',
      'ms',
      'Time that one process of the monitor spent on cores.',
    ),
    'processes[].residentBytes': gauge(
      'pulsewire.process.memory.usage',
      'By',
      'Memory that one process of the monitor has.',
    ),
    cpuMs: counter(
      'pulsewire.cpu.time',
      'ms',
      'Time that the monitor spent on cores, ended processes counted in.',
      {
        prometheus: 'pulsewire_cpu_seconds_total',
      },
    ),
    forks: counter('pulsewire.forks', '{process}', 'Programs that the monitor started.', {
      prometheus: 'pulsewire_forks_total',
    }),
    writtenBytes: counter('pulsewire.disk.written', 'By', 'Bytes that the monitor wrote to disk.', {
      prometheus: 'pulsewire_written_bytes_total',
    }),
    sentBytes: counter('pulsewire.network.sent', 'By', 'Bytes sent to clients.', {
      prometheus: 'pulsewire_sent_bytes_total',
    }),
    encodes: counter('pulsewire.frames.encoded', '{frame}', 'Frames encoded.', {
      prometheus: 'pulsewire_encoded_frames_total',
    }),
    'eventLoop.delayMsP50': gauge(
      'pulsewire.event_loop.delay',
      'ms',
      'How late the event loop ran, half of the time at most.',
      {
        attributes: { 'pulsewire.quantile': '0.5' },
      },
    ),
    'eventLoop.delayMsP99': gauge(
      'pulsewire.event_loop.delay',
      'ms',
      'How late the event loop ran, 99 % of the time at most.',
      {
        attributes: { 'pulsewire.quantile': '0.99' },
        prometheus: 'pulsewire_event_loop_delay_p99_seconds',
      },
    ),
    'eventLoop.delayMsMax': gauge(
      'pulsewire.event_loop.delay',
      'ms',
      'How late the event loop ran at worst.',
      {
        attributes: { 'pulsewire.quantile': '1' },
      },
    ),
    heapUsedBytes: gauge('pulsewire.heap.used', 'By', 'JavaScript objects of the host.', {
      prometheus: 'pulsewire_heap_used_bytes',
    }),
    'collectors[].reads': counter(
      'pulsewire.collector.reads',
      '{read}',
      'How often the collector was read.',
      {
        prometheus: 'pulsewire_collector_reads_total',
      },
    ),
    'collectors[].busyMs': counter(
      'pulsewire.collector.busy',
      'ms',
      'Time that it held the host’s own thread.',
      {
        prometheus: 'pulsewire_collector_busy_seconds_total',
      },
    ),
    'collectors[].slowestMs': gauge(
      'pulsewire.collector.slowest',
      'ms',
      'The longest that one reading held the host’s own thread.',
      {
        prometheus: 'pulsewire_collector_slowest_seconds',
      },
    ),
    'collectors[].wantedIntervalMs': gauge(
      'pulsewire.collector.interval.wanted',
      'ms',
      'How often it is asked for.',
    ),
    'collectors[].intervalMs': gauge(
      'pulsewire.collector.interval',
      'ms',
      'How often the governor lets it be read.',
    ),
    'clients[].sentBytes': counter('pulsewire.client.sent', 'By', 'Bytes sent to the client.'),
    'clients[].sentFrames': counter('pulsewire.client.frames', '{frame}', 'Frames sent to the client.'),
    'clients[].dropped': counter(
      'pulsewire.client.dropped',
      '{sample}',
      'Samples that the client was too slow for.',
    ),
    'governor.budget.cpuShare': gauge(
      'pulsewire.budget.cpu',
      '1',
      'Share of one core that the monitor may take.',
    ),
    'governor.budget.memoryBytes': gauge(
      'pulsewire.budget.memory',
      'By',
      'Memory that the monitor may have.',
    ),
    'governor.budget.forksPerSecond': gauge(
      'pulsewire.budget.forks',
      '{process}',
      'Programs that it may start a second.',
    ),
    'governor.onBattery': gauge(
      'pulsewire.governor.on_battery',
      '1',
      'Whether the budget for batteries is in force.',
    ),
    'governor.level': gauge(
      'pulsewire.governor.level',
      '{level}',
      'How far the monitor is held back; 0 is not at all.',
      {
        prometheus: 'pulsewire_governor_level',
      },
    ),
  },
);
