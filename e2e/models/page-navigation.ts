import { expect, type Locator, type Page } from '@playwright/test';

/** One card of a page as it stands: what it is about, how true it is, and what it says below its title. */
export interface CardState {
  readonly name: string;
  readonly status: string;
  readonly words: string;
}

/** The way between the pages of the dashboard, as a person goes it. */
export class PageNavigation {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Names of the pages that have an entry, in its order. */
  async names(): Promise<string[]> {
    const entries = this.#page.locator('[data-testid^="view-"]');
    await expect(entries.first()).toBeVisible();
    const ids = await entries.evaluateAll((found) => found.map((entry) => entry.getAttribute('data-testid')));
    return ids.map((id) => (id ?? '').slice('view-'.length));
  }

  entry(name: string): Locator {
    return this.#page.getByTestId(`view-${name}`);
  }

  async open(name: string): Promise<void> {
    await this.entry(name).click();
    await this.expectShown(name);
  }

  async expectShown(name: string): Promise<void> {
    await expect(this.#page.getByTestId('dashboard')).toHaveAttribute('data-page', name);
    await expect(this.entry(name)).toHaveAttribute('aria-current', 'page');
  }

  /** Every card of the page that is shown. */
  cards(): Promise<CardState[]> {
    return this.#page.locator('main .card').evaluateAll((found) =>
      found.map((card) => {
        const header = card.querySelector('.card__header');
        const words = (card.textContent ?? '').slice((header?.textContent ?? '').length);
        return {
          name: card.getAttribute('data-testid') ?? '',
          status: card.getAttribute('data-status') ?? '',
          words: words.trim(),
        };
      }),
    );
  }

  /** Waits until no card waits for its first reading. */
  async expectSettled(): Promise<CardState[]> {
    await expect
      .poll(async () => (await this.cards()).filter(({ status }) => status === 'loading'), {
        timeout: 15_000,
      })
      .toEqual([]);
    return this.cards();
  }
}
