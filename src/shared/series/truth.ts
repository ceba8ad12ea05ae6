import type { Rated } from './rates/span.ts';
import type { Section } from './sample.ts';

/** How true what is shown of a subject is. */
export type Truth = Section<unknown>['status'] | 'counterReset' | 'slept';

/**
 * The truth of a section with the rates taken up to it: what the host says of the reading, or, where the reading is
 * sound, why no rate may be taken. The first reading of all is sound and has no rate yet.
 */
export function deriveTruth(status: Section<unknown>['status'], rated: Rated<object> | null): Truth {
  if (status !== 'ok' || rated?.status !== 'gap') return status;
  if (rated.reason === 'reset') return 'counterReset';
  return rated.reason === 'slept' ? 'slept' : status;
}
