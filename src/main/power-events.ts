import { powerMonitor } from 'electron';
import type { Log } from '../node/server/log.ts';

export interface PowerEventsOptions {
  readonly log: Log;
  /** The system shuts down or the user logs out. */
  readonly onShutdown: () => void;
}

/**
 * Hears of sleep and shutdown. The sampler finds out about sleep by the clocks itself; here it is logged, so
 * that a gap in a chart can be explained. Returns what stops listening.
 */
export function watchPowerEvents({ log, onShutdown }: PowerEventsOptions): () => void {
  const onSuspend = (): void => log('info', 'The machine goes to sleep.');
  const onResume = (): void => log('info', 'The machine is awake again.');
  // Electron's types leave the event out of `off`, which Node's emitter has.
  const emitter: NodeJS.EventEmitter = powerMonitor;
  emitter.on('suspend', onSuspend);
  emitter.on('resume', onResume);
  emitter.on('shutdown', onShutdown);
  return () => {
    emitter.off('suspend', onSuspend);
    emitter.off('resume', onResume);
    emitter.off('shutdown', onShutdown);
  };
}
