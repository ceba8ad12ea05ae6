import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** Waits until this has settled, however, or the time is up. Keeps no timer afterwards. */
export async function waitAtMost(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  const timer = clock.sleep(ms, enough.signal).catch(() => undefined);
  const done = work.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([timer, done]);
  enough.abort(new MonitorError('aborted', 'The wait has ended.'));
}
