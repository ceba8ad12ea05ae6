import type { Locator, Page } from '@playwright/test';

/** The overview, as a person reads and arranges it. */
export class OverviewPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get strip(): Locator {
    return this.#page.getByTestId('busy-strip');
  }

  get bar(): Locator {
    return this.#page.getByTestId('arrange-bar');
  }

  /** What was done last, as it is announced. */
  get news(): Locator {
    return this.#page.getByTestId('arrange-news');
  }

  tile(name: string): Locator {
    return this.#page.getByTestId(`tile-${name}`);
  }

  /** What takes hold of a tile while the overview is arranged. */
  handle(name: string): Locator {
    return this.#page.getByTestId(`handle-${name}`);
  }

  /** Names of the tiles in the order in which they are read. */
  async tiles(): Promise<string[]> {
    const ids = await this.#page
      .locator('.tiles > .tile')
      .evaluateAll((found) => found.map((tile) => tile.getAttribute('data-testid') ?? ''));
    return ids.map((id) => id.slice('tile-'.length));
  }

  /** Drags a tile by its middle onto the middle of another. */
  async drag(name: string, onto: string): Promise<void> {
    const middle = async (tile: string): Promise<{ readonly x: number; readonly y: number }> => {
      const box = await this.handle(tile).boundingBox();
      if (!box) throw new Error(`There is no tile ${tile} to take hold of.`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, to] = [await middle(name), await middle(onto)];
    await this.#page.mouse.move(from.x, from.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(to.x, to.y, { steps: 4 });
    await this.#page.mouse.up();
  }
}
