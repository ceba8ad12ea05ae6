import type { ConsoleMessage, Locator, Page } from '@playwright/test';

/** The viewer in a browser, as a person uses it. */
export class ViewerPage {
  readonly page: Page;
  /** What the page complained of, content-security violations among it; lost connections are not counted. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION|status of 4\d\d/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  get connection(): Locator {
    return this.page.getByTestId('connection-state');
  }

  get banner(): Locator {
    return this.page.getByTestId('connection-banner');
  }

  get pairing(): Locator {
    return this.page.getByTestId('pairing');
  }

  get problem(): Locator {
    return this.page.getByTestId('pairing-problem');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async pair(code: string): Promise<void> {
    await this.page.getByTestId('pairing-code').fill(code);
    await this.page.getByTestId('pairing-name').fill('Test browser');
    await this.page.getByTestId('pairing-submit').click();
  }

  /** A figure as the page holds it, in its raw unit; null while it is not known. */
  async figure(testId: string): Promise<number | null> {
    const text = await this.page.getByTestId(testId).first().getAttribute('data-value');
    return text === null || text === '' ? null : Number(text);
  }

  /** Whether the page is wider than what shows it. */
  async overflowsSideways(): Promise<boolean> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  }
}
