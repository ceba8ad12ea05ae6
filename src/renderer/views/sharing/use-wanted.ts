import { useState } from 'react';
import type { Progress } from '../use-deed.ts';

/**
 * What a control shows that is set at the host: what was asked for from the click on, without waiting for the host's next
 * word, until the host says the same or refuses.
 */
export function useWanted(
  actual: boolean,
  progress: Progress,
): readonly [shown: boolean, want: (value: boolean) => void] {
  const [wanted, setWanted] = useState<boolean | null>(null);
  if (wanted !== null && (wanted === actual || progress.step === 'refused')) setWanted(null);
  return [wanted ?? actual, setWanted];
}
