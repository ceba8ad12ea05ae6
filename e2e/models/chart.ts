import { expect, type Locator, type Page } from '@playwright/test';

/** One chart of a page, as a person reads and handles it. */
export class ChartModel {
  readonly root: Locator;
  readonly #page: Page;

  constructor(page: Page, within: Locator) {
    this.#page = page;
    this.root = within.getByTestId('chart').first();
  }

  get surface(): Locator {
    return this.root.getByTestId('chart-surface');
  }

  get readout(): Locator {
    return this.root.getByTestId('chart-readout');
  }

  /** Points at a part of the chart's width, 0 at the left edge of what is drawn. */
  async pointAt(part: number): Promise<void> {
    const { x, y, width, height } = await this.#box();
    await this.#page.mouse.move(x + part * width, y + height / 2);
  }

  /** Drags from one part of the width to another. */
  async drag(from: number, to: number): Promise<void> {
    const { x, y, width, height } = await this.#box();
    await this.#page.mouse.move(x + from * width, y + height / 2);
    await this.#page.mouse.down();
    await this.#page.mouse.move(x + to * width, y + height / 2, { steps: 4 });
    await this.#page.mouse.up();
  }

  /** Does something of its menu. */
  async choose(testId: string): Promise<void> {
    await this.root.getByTestId('chart-menu').click();
    await this.#page.getByTestId(testId).click();
  }

  /** What the plot looks like: the same text while nothing is drawn anew. */
  picture(): Promise<string> {
    return this.root
      .locator('canvas.chart__plot')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }

  async #box(): Promise<{ x: number; y: number; width: number; height: number }> {
    await this.root.scrollIntoViewIfNeeded();
    const box = await this.surface.boundingBox();
    expect(box).not.toBeNull();
    // The scale stands to the right of what is drawn.
    return { ...box!, width: box!.width - 64 };
  }
}
