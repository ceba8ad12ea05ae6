import { useCallback, useState } from 'react';
import { describeRefusal, type Refusal } from './describe-refusal.ts';

/** How far something is that the host was asked to do. */
export type Progress =
  { readonly step: 'asking' } | { readonly step: 'sent' } | ({ readonly step: 'refused' } & Refusal);

const asking: Progress = { step: 'asking' };

/**
 * Something that the host is asked to do, once at a time. `run` asks, tells `onDone` where it was done, and keeps the
 * refusal where it was not, until it is run again.
 */
export function useDeed(): readonly [Progress, (act: () => Promise<unknown>, onDone?: () => void) => void] {
  const [progress, setProgress] = useState<Progress>(asking);
  const run = useCallback((act: () => Promise<unknown>, onDone?: () => void): void => {
    setProgress({ step: 'sent' });
    act().then(
      () => {
        setProgress(asking);
        onDone?.();
      },
      (thrown: unknown) => setProgress({ step: 'refused', ...describeRefusal(thrown) }),
    );
  }, []);
  return [progress, run];
}
