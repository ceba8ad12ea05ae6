import { join } from 'node:path';
import { app } from 'electron';
import type { Log } from '../node/server/log.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { CrashBudget } from './crash-budget.ts';
import { deriveTroubleEnd, readGraphicsTrouble, writeGraphicsTrouble } from './graphics-trouble.ts';

export interface HelperProcessesOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Where it is remembered that the graphics process kept ending. */
  readonly dataFolder: string;
  /** Whether the app ends, and its helpers with it. */
  readonly isClosing: () => boolean;
}

/**
 * Watches Chromium's helpers, which it starts again by itself. Where the one that draws keeps ending, the next starts of the app
 * draw without graphics hardware, for a while: Chromium itself ends the app after some more of it. Before the app is ready.
 */
export function watchHelperProcesses({ clock, log, dataFolder, isClosing }: HelperProcessesOptions): void {
  const path = join(dataFolder, 'graphics.json');
  const { chrome: chromium } = process.versions;
  const endMs = deriveTroubleEnd(readGraphicsTrouble(path), chromium, clock.wall());
  if (endMs !== null) {
    app.disableHardwareAcceleration();
    const day = new Date(endMs).toISOString().slice(0, 10);
    log(
      'info',
      `Graphics hardware is left alone until ${day}, since drawing with it kept failing (${path}).`,
    );
  }
  const budget = new CrashBudget();
  const noteGraphics = (): void => {
    if (endMs !== null || budget.note(clock.monotonic()) === 'reload') return;
    log('warning', 'The graphics process keeps ending: the next start draws without graphics hardware.');
    try {
      writeGraphicsTrouble(path, { chromium, sinceMs: clock.wall() });
    } catch (error) {
      log('warning', `That could not be remembered in ${path}: ${String(error)}`);
    }
  };
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit' || isClosing()) return;
    log('warning', `A ${type} process is gone (${reason}, ${exitCode}).`);
    if (type === 'GPU') noteGraphics();
  });
}
