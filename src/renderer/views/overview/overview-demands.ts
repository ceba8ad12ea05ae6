import type { Demand } from '../../../client/connection-manager.ts';

/** What the overview asks for besides what every page does: who is busy, and what moves slowly. */
export const overviewDemands: readonly Demand[] = [
  { topics: ['process', 'gpu'], intervalMs: 2_000 },
  { topics: ['sensor', 'power', 'cost'], intervalMs: 5_000 },
];
