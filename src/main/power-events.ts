import { powerMonitor, type BrowserWindow } from 'electron';
import type { Log } from '../node/server/log.ts';

export interface PowerEventsOptions {
  readonly log: Log;
  /** The system shuts down. */
  readonly onShutdown: () => void;
}

/**
 * Hears of sleep and shutdown. The sampler finds out about sleep by the clocks itself; here it is logged, so
 * that a gap in a chart can be explained. Returns what stops listening.
 */
export function watchPowerEvents({ log, onShutdown }: PowerEventsOptions): () => void {
  const onSuspend = (): void => log('info', 'The machine goes to sleep.');
  const onResume = (): void => log('info', 'The machine is awake again.');
  const shutDown = (event: { preventDefault(): void }): void => {
    // Has the system wait until the app has ended in good order.
    event.preventDefault();
    onShutdown();
  };
  // Electron's types leave the event out of `off`, which Node's emitter has.
  const emitter: NodeJS.EventEmitter = powerMonitor;
  emitter.on('suspend', onSuspend);
  emitter.on('resume', onResume);
  emitter.on('shutdown', shutDown);
  return () => {
    emitter.off('suspend', onSuspend);
    emitter.off('resume', onResume);
    emitter.off('shutdown', shutDown);
  };
}

/**
 * Hears, through a window, that the session on Windows ends, which has no other event there. Elsewhere the end of a session is
 * a signal, or the end of the display.
 */
export function watchSessionEnd(window: BrowserWindow, onEnd: () => void): void {
  if (process.platform === 'win32') window.on('session-end', onEnd);
}
