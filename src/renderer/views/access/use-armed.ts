import { useEffect, useState } from 'react';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../../shared/lifecycle/task-scope.ts';

/** Longer than it takes to finish a click that was meant for what stood there before. */
const armAfterMs = 700;

/** False until what has just come up by itself has been there long enough to be read rather than hit. */
export function useArmed(): boolean {
  const [isArmed, setArmed] = useState(false);
  useEffect(() => {
    const scope = new TaskScope('arming', { clock: systemClock });
    scope.spawn('arm', async (signal) => {
      await systemClock.sleep(armAfterMs, signal);
      setArmed(true);
    });
    return () => void scope.close('no longer shown');
  }, []);
  return isArmed;
}
