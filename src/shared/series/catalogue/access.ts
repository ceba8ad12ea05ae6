import { defineTopic, gauge, identifier } from './metric.ts';

/** Figures of the topic `access`: who may watch. None is on the Prometheus page: it names devices. */
export const accessCatalogue = defineTopic(
  'access',
  'the monitor itself',
  {
    'pairing.requests[]': { attributes: { 'pulsewire.pairing.request': 'id' } },
    'devices[]': { attributes: { 'pulsewire.device': 'id' } },
    'nearby[]': { attributes: { 'pulsewire.host': 'instanceId' } },
  },
  {
    'sharing.certificateEndsWallMs': gauge(
      'pulsewire.certificate.end_time',
      'ms',
      'When the certificate ends, since 1970 UTC.',
    ),
    'pairing.code.expiresWallMs': gauge(
      'pulsewire.pairing.code.end_time',
      'ms',
      'When the code ends, since 1970 UTC.',
    ),
    'pairing.code.attemptsLeft': gauge(
      'pulsewire.pairing.code.attempts',
      '{event}',
      'How often the code may still be tried.',
    ),
    'pairing.requests[].ageMs': gauge(
      'pulsewire.pairing.request.age',
      'ms',
      'How long the device has been waiting.',
    ),
    'pairing.requests[].endsInMs': gauge(
      'pulsewire.pairing.request.remaining',
      'ms',
      'How much longer the device waits.',
    ),
    'devices[].createdWallMs': gauge(
      'pulsewire.device.pairing_time',
      'ms',
      'When the device was paired, since 1970 UTC.',
    ),
    'devices[].lastUsedWallMs': gauge(
      'pulsewire.device.last_use_time',
      'ms',
      'When the device was last here, since 1970 UTC.',
    ),
    'devices[].expiresWallMs': gauge(
      'pulsewire.device.end_time',
      'ms',
      'When the device is let in no more, since 1970 UTC.',
    ),
    'devices[].connections': gauge(
      'pulsewire.device.connections',
      '{resource}',
      'Connections of the device now.',
    ),
    'nearby[].port': identifier('The port that the host listens on.'),
    'nearby[].seenMs': gauge('pulsewire.nearby.age', 'ms', 'How long ago the host was last heard.'),
  },
);
