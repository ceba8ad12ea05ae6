/** A process that has done nothing for so many readings is read less often. */
const everyPassReads = 3;
const seldomReads = 5;
const sometimesMs = 2_000;
/** The longest time between two readings of one process. */
export const seldomMs = 5_000;

/**
 * How long an idle process need not be read: not at all at first, then for two seconds, then for five. The first of
 * the long pauses is of one to five seconds by pid, so that those who fell idle together are not read together.
 */
export function deriveIdleDelayMs(pid: number, idleReads: number): number {
  if (idleReads < everyPassReads) return 0;
  if (idleReads < seldomReads) return sometimesMs;
  return idleReads === seldomReads ? 1_000 * (1 + (pid % 5)) : seldomMs;
}
