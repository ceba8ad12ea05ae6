import { expect, type Page } from '@playwright/test';
import type { SyntheticHost } from '../fixtures/synthetic-host.ts';

/** How much of its own time a page gets to draw what changed: animation frames, and observers of sizes after them. */
const settleMs = 150;

/** A page whose time stands still between one act and the next, so that it looks the same each time. */
export class StillPage {
  readonly page: Page;
  readonly #host: SyntheticHost;

  private constructor(page: Page, host: SyntheticHost) {
    this.page = page;
    this.#host = host;
  }

  /** Opens a viewer page with its clock at the host's. */
  static async open(page: Page, host: SyntheticHost, url: string): Promise<StillPage> {
    await page.clock.install({ time: host.wallMs(host.second) });
    await page.addInitScript(() => {
      window.heardMessages = 0;
      window.WebSocket = class extends WebSocket {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          this.addEventListener('message', () => window.heardMessages++);
        }
      };
    });
    await page.goto(url);
    await expect(page.getByTestId('dashboard')).toBeVisible();
    await page.clock.pauseAt(host.wallMs(host.second) + 60_000);
    return new StillPage(page, host);
  }

  /** Lets the host read so many more seconds, and the page draw what it heard. */
  async live(seconds: number): Promise<void> {
    this.#host.tick(seconds);
    await this.settle();
  }

  /** Waits until all that was sent is heard and all that changed is drawn. */
  async settle(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => window.heardMessages)).toBe(this.#host.sent);
    await this.page.clock.runFor(settleMs);
  }
}

declare global {
  interface Window {
    heardMessages: number;
  }
}
