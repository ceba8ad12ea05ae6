import { expect } from '@playwright/test';
import type { ElectronApp } from '../fixtures/electron-app.ts';

/** Ways in which a page can go, and be there again. */
export type Ending = 'close' | 'reload' | 'crash' | 'destroy';

/** What the main process holds for its pages. */
export interface Handles {
  readonly windows: number;
  readonly contents: number;
  readonly listeners: Readonly<Record<string, number>>;
}

/**
 * Opens pages of the app and ends them, over and over, in every way in turn. The quick view is the page that
 * is ended, so that the dashboard keeps the app alive.
 */
export class PageCycles {
  readonly #app: ElectronApp;
  readonly #endings: readonly Ending[];

  constructor(app: ElectronApp, endings: readonly Ending[]) {
    this.#app = app;
    this.#endings = endings;
  }

  /** Runs `count` cycles, and ends with the dashboard alone. */
  async run(count: number): Promise<void> {
    for (let cycle = 0; cycle < count; cycle++) {
      const ending = this.#endings[cycle % this.#endings.length] ?? 'close';
      await this.#open();
      await this.#end(ending);
    }
    await this.#app.application.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().endsWith('/quick.html')) window.destroy();
      }
    });
    await expect.poll(() => this.#app.application.windows().length).toBe(1);
  }

  countHandles(): Promise<Handles> {
    return this.#app.application.evaluate(
      ({ app, BrowserWindow, ipcMain, nativeTheme, powerMonitor, screen, webContents }) => {
        const emitters = { app, ipcMain, nativeTheme, powerMonitor, screen, process } as unknown as Record<
          string,
          NodeJS.EventEmitter
        >;
        const listeners: Record<string, number> = {};
        for (const [name, emitter] of Object.entries(emitters)) {
          for (const event of emitter.eventNames()) {
            listeners[`${name}.${String(event)}`] = emitter.listenerCount(event);
          }
        }
        return {
          windows: BrowserWindow.getAllWindows().length,
          contents: webContents.getAllWebContents().length,
          listeners,
        };
      },
    );
  }

  /** Opens the quick view, where it is not open, and waits until its session has been served something. */
  async #open(): Promise<void> {
    // The event that a second start sends, without the second start, of which each takes half a second.
    await this.#app.application.evaluate(async ({ app, BrowserWindow }) => {
      app.emit('second-instance', {}, [], '', { view: 'quick', link: null });
      const deadline = Date.now() + 10_000;
      const shows = async (): Promise<boolean> => {
        const window = BrowserWindow.getAllWindows().find((each) =>
          each.webContents.getURL().endsWith('/quick.html'),
        );
        if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return false;
        const value: unknown = await window.webContents.executeJavaScript(
          `document.querySelector('[data-testid="memory-used"]')?.dataset.value ?? ''`,
        );
        return value !== '';
      };
      while (!(await shows())) {
        if (Date.now() > deadline) throw new Error('The quick view shows no figures.');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  }

  async #end(ending: Ending): Promise<void> {
    await this.#app.application.evaluate(async ({ BrowserWindow }, way) => {
      const window = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().endsWith('/quick.html'),
      );
      if (!window) throw new Error('There is no quick view.');
      const { webContents } = window;
      const heard = (event: 'did-finish-load' | 'render-process-gone'): Promise<void> =>
        new Promise((resolve) => webContents.once(event as 'did-finish-load', () => resolve()));
      if (way === 'reload') {
        const loaded = heard('did-finish-load');
        webContents.reload();
        await loaded;
      } else if (way === 'crash') {
        const gone = heard('render-process-gone');
        webContents.forcefullyCrashRenderer();
        await gone;
        // A pulled plug: nobody brings it back.
        window.destroy();
      } else if (way === 'destroy') window.destroy();
      else {
        const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
        window.close();
        await closed;
      }
    }, ending);
  }
}
