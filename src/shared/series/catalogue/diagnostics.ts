import { counter, defineTopic, gauge, identifier } from './metric.ts';

const age = (whose: string, words: string) => gauge(`pulsewire.${whose}.age`, 'ms', `How long ago ${words}.`);
const task = <Path extends string>(path: Path, whose: string) =>
  ({
    [`${path}.ageMs`]: age(`${whose}.task`, 'the task was started'),
    [`${path}.sinceTickMs`]: gauge(
      `pulsewire.${whose}.task.since_tick`,
      'ms',
      'How long ago the task last had its turn.',
    ),
    [`${path}.ticks`]: counter(
      `pulsewire.${whose}.task.ticks`,
      '{event}',
      'How often the task had its turn.',
    ),
    [`${path}.errors`]: counter(
      `pulsewire.${whose}.task.errors`,
      '{error}',
      'How often the task’s turn failed.',
    ),
  }) as {
    readonly [Key in `${Path}.${'ageMs' | 'sinceTickMs' | 'ticks' | 'errors'}`]: ReturnType<typeof gauge>;
  };

const ledger = <Path extends string>(path: Path, whose: string) =>
  ({
    [`${path}.timers`]: gauge(`pulsewire.${whose}.timers`, '{resource}', 'Timers that are its own.'),
    [`${path}.subscriptions`]: gauge(
      `pulsewire.${whose}.ledger.subscriptions`,
      '{subscription}',
      'Subscriptions that are its own.',
    ),
    [`${path}.bufferedBytes`]: gauge(
      `pulsewire.${whose}.buffered`,
      'By',
      'Bytes that wait to be sent to it.',
    ),
    [`${path}.requests`]: gauge(
      `pulsewire.${whose}.requests`,
      '{request}',
      'Requests of its that are being answered.',
    ),
  }) as {
    readonly [Key in `${Path}.${'timers' | 'subscriptions' | 'bufferedBytes' | 'requests'}`]: ReturnType<
      typeof gauge
    >;
  };

/** Figures of the topic `diagnostics`: who is served, and by what. None is on the Prometheus page: it names clients. */
export const diagnosticsCatalogue = defineTopic(
  'diagnostics',
  'the monitor itself',
  {
    'clients[]': { attributes: { 'pulsewire.client': 'id' } },
    'clients[].transitions[]': { attributes: { 'pulsewire.state': 'state' } },
    'clients[].tasks[]': { attributes: { 'pulsewire.task': 'name' } },
    'closed[]': { attributes: { 'pulsewire.client': 'id' } },
    'services[]': { attributes: { 'pulsewire.service': 'name' } },
    'services[].tasks[]': { attributes: { 'pulsewire.task': 'name' } },
    'collectors[]': { attributes: { 'pulsewire.collector': 'id' } },
  },
  {
    'clients[].ageMs': age('client', 'the client came'),
    'clients[].subscriptions': gauge(
      'pulsewire.client.subscriptions',
      '{subscription}',
      'What it has subscribed to.',
    ),
    'clients[].queuedBytes': gauge('pulsewire.client.queued', 'By', 'Bytes on their way to it.'),
    'clients[].unacknowledged': gauge(
      'pulsewire.client.unacknowledged',
      '{sample}',
      'Samples that it has not acknowledged.',
    ),
    'clients[].transitions[].agoMs': age('client.transition', 'the client came into that state'),
    'clients[].roundTripMs': gauge(
      'pulsewire.client.round_trip',
      'ms',
      'Between the last ping and its answer.',
    ),
    'clients[].sentBytes': counter('pulsewire.client.io', 'By', 'Bytes sent to it.'),
    'clients[].coalesced': counter(
      'pulsewire.client.coalesced',
      '{sample}',
      'Snapshots sent in place of samples that were skipped.',
    ),
    ...ledger('clients[].ledger', 'client'),
    'clients[].sent': counter('pulsewire.client.samples', '{sample}', 'Samples sent to it.'),
    'clients[].dropped': counter('pulsewire.client.skipped', '{sample}', 'Samples that newer ones replaced.'),
    ...task('clients[].tasks[]', 'client'),
    'clients[].resources': gauge(
      'pulsewire.client.resources',
      '{resource}',
      'Listeners, subscriptions and sockets that are its own.',
    ),
    'closed[].sinceMs': age('closed', 'the client went'),
    'closed[].livedMs': gauge('pulsewire.closed.lifetime', 'ms', 'How long the client was there.'),
    'closed[].tasksLeft': gauge('pulsewire.closed.tasks_left', '{task}', 'Tasks that were left of it.'),
    ...ledger('closed[].ledger', 'closed'),
    'closed[].coalesced': counter(
      'pulsewire.closed.coalesced',
      '{sample}',
      'Snapshots sent in place of samples that were skipped.',
    ),
    'closed[].sent': counter('pulsewire.closed.samples', '{sample}', 'Samples sent to it.'),
    'closed[].dropped': counter('pulsewire.closed.skipped', '{sample}', 'Samples that newer ones replaced.'),
    'services[].ageMs': age('service', 'the service was started'),
    ...task('services[].tasks[]', 'service'),
    'collectors[].intervalMs': gauge('pulsewire.collector.cadence', 'ms', 'How often it is read now.'),
    'collectors[].wantedIntervalMs': gauge(
      'pulsewire.collector.cadence.wanted',
      'ms',
      'How often it would be read without the governor.',
    ),
    'collectors[].lastReadMs': gauge(
      'pulsewire.collector.last_read',
      'ms',
      'How long its last reading took.',
    ),
    'collectors[].reads': counter('pulsewire.collector.readings', '{read}', 'How often it was read.'),
    'collectors[].failures': counter(
      'pulsewire.collector.failures',
      '{read}',
      'How often reading it failed.',
    ),
    'sampler.seq': counter('pulsewire.samples', '{sample}', 'Samples published.'),
    'sampler.demands': gauge('pulsewire.demands', '{resource}', 'Topics that somebody wants.'),
    'sampler.encodes': counter('pulsewire.frames', '{frame}', 'Frames encoded.'),
    'process.pid': identifier('The kernel’s number of the host’s process.'),
    'process.residentBytes': gauge('pulsewire.host.memory.usage', 'By', 'Memory that the host has.'),
    'process.cpuMs': counter('pulsewire.host.cpu.time', 'ms', 'Time that the host spent on cores.'),
    'process.uptimeMs': gauge('pulsewire.host.uptime', 'ms', 'How long the host has been running.'),
    'process.activeResources.*': gauge(
      'pulsewire.host.resources',
      '{resource}',
      'What keeps the event loop alive, by kind.',
    ),
  },
);
