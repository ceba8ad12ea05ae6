import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { ElectronApp } from '../fixtures/electron-app.ts';
import { FiguresPage, findPage } from './dashboard-window.ts';

const projectFolder = resolve(import.meta.dirname, '..', '..');

/** The tray's quick view. */
export class QuickViewWindow extends FiguresPage {
  readonly #app: ElectronApp;

  private constructor(app: ElectronApp, page: Page) {
    super(page);
    this.#app = app;
  }

  /** Opens it as a desktop action does: by starting the app a second time. */
  static async openBySecondStart(app: ElectronApp): Promise<QuickViewWindow> {
    await startAgain(app, ['--quick']);
    return new QuickViewWindow(app, await findPage(app, 'quick.html'));
  }

  isVisible(): Promise<boolean> {
    return this.#app.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().endsWith('/quick.html') && window.isVisible(),
      ),
    );
  }
}

/** Starts the app once more with the same data folder, and resolves with that second program's exit status. */
export async function startAgain(app: ElectronApp, args: readonly string[]): Promise<number | null> {
  const executable = app.application.process().spawnfile;
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(executable, [...switches, projectFolder, '--data-dir', app.dataFolder, ...args], {
    stdio: 'ignore',
  });
  const [status] = (await once(second, 'exit')) as [number | null];
  return status;
}
