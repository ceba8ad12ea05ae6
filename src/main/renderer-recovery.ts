import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Log } from '../node/server/log.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { t } from '../shared/texts/texts.ts';
import { CrashBudget } from './crash-budget.ts';

export interface RendererRecoveryOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Whether somebody looks at it, or waits for it; default: somebody does. A window that nobody wants is not brought back. */
  readonly isWanted?: () => boolean;
  /** Whether what is said stands by itself, since the window goes as soon as something else has the focus. */
  readonly isTransient?: boolean;
}

/** Time for the old process to be gone for good. */
const reloadAfterMs = 150;

/**
 * Brings the window's page back when its process is gone, and gives up, and says so, when that happens again
 * and again. The window stays, and everybody else goes on undisturbed.
 */
export function recoverRenderer(
  window: BrowserWindow,
  { clock, log, isWanted = () => true, isTransient = false }: RendererRecoveryOptions,
): void {
  const budget = new CrashBudget();
  const ended = new AbortController();
  window.once('closed', () => ended.abort());

  /** Out of the event: what is done to the window within it may be lost. */
  const afterwards = async (act: () => void): Promise<void> => {
    try {
      await clock.sleep(reloadAfterMs, ended.signal);
    } catch {
      return; // The window was closed meanwhile.
    }
    if (!window.isDestroyed()) act();
  };
  const reload = (): Promise<void> => afterwards(() => window.webContents.reload());
  const giveUp = async (): Promise<void> => {
    const content: MessageBoxOptions = {
      type: 'error',
      title: t('appName'),
      message: t('app:crash.message'),
      detail: t('app:crash.detail'),
      buttons: [t('app:crash.again'), t('app:crash.close')],
      defaultId: 0,
      cancelId: 1,
      signal: ended.signal,
    };
    const { response } = await (isTransient
      ? dialog.showMessageBox(content)
      : dialog.showMessageBox(window, content));
    if (window.isDestroyed()) return;
    if (response !== 0) {
      window.destroy();
      return;
    }
    budget.reset();
    window.show();
    await reload();
  };

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (!isWanted()) {
      log('warning', `The page of a hidden window is gone (${reason}, exit code ${exitCode}).`);
      void afterwards(() => window.destroy());
      return;
    }
    const decision = budget.note(clock.monotonic());
    const next = decision === 'reload' ? 'it is loaded again' : 'it keeps crashing and is left alone';
    log('warning', `The page of a window is gone (${reason}, exit code ${exitCode}): ${next}.`);
    const task = decision === 'reload' ? reload() : giveUp();
    task.catch((error: unknown) => log('warning', `The window could not be brought back: ${String(error)}`));
  });
  window.webContents.on('unresponsive', () => log('warning', 'The page of a window does not respond.'));
  window.webContents.on('responsive', () => log('info', 'The page of a window responds again.'));
}
