import { defineTopic, gauge, identifier } from './metric.ts';

/** Figures of the topic `login`. Who is logged in is nobody's time series: none is on the Prometheus page. */
export const loginCatalogue = defineTopic(
  'login',
  '/run/systemd/sessions, or /run/utmp',
  { 'sessions[]': { attributes: { 'system.session.id': 'id' } } },
  {
    'sessions[].startedWallMs': gauge(
      'system.session.start_time',
      'ms',
      'When the user logged in, since 1970 UTC.',
    ),
    'sessions[].leaderPid': identifier('The process that the session began with.'),
  },
);
