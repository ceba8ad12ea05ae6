import type { Demand } from '../../client/connection-manager.ts';

/** Asked for whatever page is shown, so that the overview's charts have no hole where another was shown. */
export const standingDemands: readonly Demand[] = [
  { topics: ['cpu', 'memory', 'network', 'disk'], intervalMs: 1_000 },
  { topics: ['filesystem', 'host'], intervalMs: 5_000 },
];
