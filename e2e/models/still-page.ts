import { expect, type Page } from '@playwright/test';
import { synthesizedWallMs, type SyntheticHost } from '../fixtures/synthetic-host.ts';

/** How much of its own time a page gets to draw what changed: animation frames, and observers of sizes after them. */
const settleMs = 150;

/** A viewer page whose time stands still between one act and the next, so that it looks the same each time. */
export class StillPage {
  readonly page: Page;
  readonly #host: SyntheticHost;

  private constructor(page: Page, host: SyntheticHost) {
    this.page = page;
    this.#host = host;
  }

  /** Opens an address with the page's clock at the host's, for somebody who has seen it before. */
  static async open(page: Page, host: SyntheticHost, url: string): Promise<StillPage> {
    await page.clock.install({ time: synthesizedWallMs(host.second) });
    await page.addInitScript(() => {
      localStorage.setItem('pulsewire.preferences', JSON.stringify({ tourSeen: true }));
      window.heardMessages = 0;
      window.WebSocket = class extends WebSocket {
        constructor(...address: ConstructorParameters<typeof WebSocket>) {
          super(...address);
          this.addEventListener('message', () => window.heardMessages++);
        }
      };
    });
    await page.goto(url);
    await expect(page.locator('[data-value]').first()).toBeVisible();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.clock.pauseAt(synthesizedWallMs(host.second) + 60_000);
    return new StillPage(page, host);
  }

  /** Lets the host read so many more seconds, and the page draw what it heard. */
  async live(seconds: number): Promise<void> {
    await this.#host.tick(seconds);
    await this.settle();
  }

  /** Waits until all that was sent is heard and all that changed is drawn. */
  async settle(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => window.heardMessages)).toBe(this.#host.sent);
    // What the browser tells of sizes and themes it tells with a frame, which the stopped clock does not bring about.
    for (let round = 0; round < 2; round++) {
      await this.#frame();
      await this.page.clock.runFor(settleMs / 2);
    }
  }

  /** Until the browser has laid out the page as it is now, and told all that observe its sizes. */
  #frame(): Promise<void> {
    return this.page.evaluate(
      () =>
        new Promise<void>((done) => {
          const observer = new ResizeObserver(() => {
            observer.disconnect();
            done();
          });
          observer.observe(document.body);
        }),
    );
  }
}

declare global {
  interface Window {
    heardMessages: number;
  }
}
