/** A process that has done nothing for so many readings is read less often. */
const everyPassReads = 3;
const seldomReads = 5;
/** The longest time between two readings of one process. */
export const seldomMs = 5_000;

/**
 * How long an idle process need not be read: not at all at first, then for one or two seconds, then for five. Which,
 * and how long the first of the long pauses is, goes by pid, so that those who fell idle together are not read together.
 */
export function deriveIdleDelayMs(pid: number, idleReads: number): number {
  if (idleReads < everyPassReads) return 0;
  if (idleReads < seldomReads) return 1_000 * (1 + (pid % 2));
  return idleReads === seldomReads ? 1_000 * (1 + (pid % 5)) : seldomMs;
}
