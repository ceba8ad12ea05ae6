import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { TaskScope } from '../../../shared/lifecycle/task-scope.ts';

export interface KioskTurnsOptions {
  readonly clock: Clock;
  /** How long each view stays; 0 where one stays for good. */
  readonly turnSeconds: number;
  /** The next view is due. */
  readonly onTurn: () => void;
  /** A minute has passed: what stands still long must move. */
  readonly onMinute: () => void;
}

const minuteMs = 60_000;

/** The clockwork of a wall screen. Returns what ends it. */
export function startKioskTurns({ clock, turnSeconds, onTurn, onMinute }: KioskTurnsOptions): () => void {
  const scope = new TaskScope('kiosk', { clock });
  scope.loop('minute', minuteMs, onMinute);
  if (turnSeconds > 0) scope.loop('turn', turnSeconds * 1_000, onTurn);
  return () => void scope.close('no longer shown');
}
