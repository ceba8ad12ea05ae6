import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
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

  /** Opens it as a desktop action does, by starting the app a second time, and waits until it is seen. */
  static async openBySecondStart(app: ElectronApp): Promise<QuickViewWindow> {
    await startAgain(app, ['--quick']);
    const quickView = new QuickViewWindow(app, await findPage(app, 'quick.html'));
    // Its page has figures before its window is shown, and no keys until then.
    await expect.poll(() => quickView.isVisible()).toBe(true);
    return quickView;
  }

  /** That of an app that shows it already. */
  static async of(app: ElectronApp): Promise<QuickViewWindow> {
    return new QuickViewWindow(app, await findPage(app, 'quick.html'));
  }

  /** Its window's size and place, and whether it stays above others. */
  look(): Promise<{ x: number; y: number; width: number; height: number; isOnTop: boolean }> {
    return this.#app.application.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((each) =>
        /\/quick\.html(#|$)/.test(each.webContents.getURL()),
      )!;
      return { ...window.getBounds(), isOnTop: window.isAlwaysOnTop() };
    });
  }

  /** Moves it, as a person does by its ground. */
  moveTo(x: number, y: number): Promise<void> {
    return this.#app.application.evaluate(
      ({ BrowserWindow }, place) => {
        for (const window of BrowserWindow.getAllWindows()) {
          if (/\/quick\.html(#|$)/.test(window.webContents.getURL())) window.setPosition(place.x, place.y);
        }
      },
      { x, y },
    );
  }

  isVisible(): Promise<boolean> {
    return this.#app.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => /\/quick\.html(#|$)/.test(window.webContents.getURL()) && window.isVisible(),
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
