import { expect, type Page } from '@playwright/test';
import type { ElectronApp } from '../fixtures/electron-app.ts';

/** Names under which figures are found, in the window and in the quick view alike. */
export type FigureName = 'cpu-total' | 'memory-used' | 'memory-available';

/** A page that shows figures, each an element with its raw value in `data-value`. */
export class FiguresPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The raw value of a figure; NaN while it is not known. */
  async figure(name: FigureName): Promise<number> {
    const text = await this.page.getByTestId(name).first().getAttribute('data-value');
    return text === null || text === '' ? Number.NaN : Number(text);
  }

  /** Whether there is a processor figure, which takes two readings. */
  async showsLiveFigures(): Promise<boolean> {
    const found = await this.page.getByTestId('cpu-total').count();
    return found > 0 && Number.isFinite(await this.figure('cpu-total'));
  }

  /** What is read at a test id, as text. */
  async text(testId: string): Promise<string> {
    return (await this.page.getByTestId(testId).first().textContent()) ?? '';
  }

  async expectLive(): Promise<void> {
    await expect.poll(() => this.showsLiveFigures()).toBe(true);
  }
}

/** The dashboard in a window of the app. */
export class DashboardWindow extends FiguresPage {
  readonly #app: ElectronApp;

  private constructor(app: ElectronApp, page: Page) {
    super(page);
    this.#app = app;
  }

  /** Waits for the app's dashboard. */
  static async of(app: ElectronApp): Promise<DashboardWindow> {
    return new DashboardWindow(app, await findPage(app, 'index.html'));
  }

  /** Ends the page's process, as an exhausted memory would. */
  crash(): Promise<void> {
    return this.#app.application.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((each) =>
        /\/index\.html(#|$)/.test(each.webContents.getURL()),
      );
      window?.webContents.forcefullyCrashRenderer();
    });
  }

  /** As `showsLiveFigures`, asked of the window itself: Playwright's page does not outlive a crash. */
  showsLiveFiguresAgain(): Promise<boolean> {
    return this.#app.application.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents || contents.isCrashed() || contents.isLoading()) return false;
      const value: unknown = await contents.executeJavaScript(
        `document.querySelector('[data-testid="cpu-total"]')?.dataset.value ?? ''`,
      );
      return value !== '';
    });
  }

  isCrashed(): Promise<boolean> {
    return this.#app.application.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed() === true,
    );
  }

  /** Closes it as a person does. */
  close(): Promise<void> {
    return this.#app.application.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (/\/index\.html(#|$)/.test(window.webContents.getURL())) window.close();
      }
    });
  }
}

/** The page of the app with this file; waits for it. */
export async function findPage(app: ElectronApp, file: 'index.html' | 'quick.html'): Promise<Page> {
  const address = new RegExp(`/${file}([?#]|$)`);
  const find = (): Page | undefined => app.application.windows().find((page) => address.test(page.url()));
  await expect.poll(() => find() !== undefined, { message: `a page ${file}` }).toBe(true);
  const page = find();
  if (!page) throw new Error(`There is no page ${file}.`);
  await page.waitForLoadState('domcontentloaded');
  return page;
}
