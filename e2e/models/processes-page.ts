import { expect, type Locator, type Page } from '@playwright/test';

/** The page of processes in a window of the app, as a person uses it. */
export class ProcessesPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Goes there by the navigation, and waits until there are processes with figures. */
  static async open(page: Page): Promise<ProcessesPage> {
    await page.getByTestId('view-processes').click();
    const processes = new ProcessesPage(page);
    await expect.poll(() => processes.count(), { timeout: 20_000 }).toBeGreaterThan(0);
    await expect(page.locator('[data-column="cpuShare"] [data-value]').first()).toBeVisible();
    return processes;
  }

  get grid(): Locator {
    return this.page.getByTestId('process-grid');
  }

  get filter(): Locator {
    return this.page.getByTestId('process-filter');
  }

  get details(): Locator {
    return this.page.getByTestId('process-details');
  }

  get dialog(): Locator {
    return this.page.getByTestId('deed-dialog');
  }

  /** Why what was confirmed was not done. */
  get outcome(): Locator {
    return this.page.getByTestId('deed-outcome');
  }

  /** What was done last, and what became of it. */
  get done(): Locator {
    return this.page.getByTestId('deed-done');
  }

  /** The rows in sight. */
  get rows(): Locator {
    return this.page.getByTestId('process-row');
  }

  row(pid: number): Locator {
    return this.page.locator(`[data-testid="process-row"][data-pid="${pid}"]`);
  }

  cell(pid: number, column: string): Locator {
    return this.row(pid).locator(`[data-column="${column}"]`);
  }

  /** How many processes the host has told of. */
  async count(): Promise<number> {
    const count = this.page.getByTestId('process-count');
    return (await count.count()) === 0 ? 0 : Number(await count.getAttribute('data-total'));
  }

  /** Shows one process and nothing else. */
  async find(pid: number): Promise<void> {
    await this.filter.fill(`/^${pid}$/`);
    await expect(this.row(pid)).toBeVisible({ timeout: 15_000 });
  }

  /** Opens the details of a process and the dialog of what is to be done to it. */
  async begin(pid: number, deed: 'end' | 'kill' | 'stop' | 'continue' | 'renice'): Promise<void> {
    await this.find(pid);
    await this.row(pid).click();
    await this.page.getByTestId(`deed-${deed}`).click();
    await expect(this.dialog).toBeVisible();
  }

  confirm(): Promise<void> {
    return this.page.getByTestId('deed-confirm').click();
  }

  async sortBy(column: string, order: 'ascending' | 'descending'): Promise<void> {
    const heading = this.page.getByTestId(`sort-${column}`);
    const cell = heading.locator('xpath=..');
    for (let tries = 0; (await cell.getAttribute('aria-sort')) !== order; tries++) {
      if (tries > 2) throw new Error(`The table does not sort by ${column} ${order}.`);
      await heading.click();
    }
  }

  /** Figures of a column as the rows in sight show them from the top; null for what is not known. */
  figures(column: string): Promise<(number | null)[]> {
    return this.page.evaluate((id) => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="process-row"]')];
      const place = (row: HTMLElement): number => Number(row.getAttribute('aria-rowindex'));
      return rows
        .sort((a, b) => place(a) - place(b))
        .map((row) => {
          const value = row.querySelector<HTMLElement>(`[data-column="${id}"] [data-value]`)?.dataset[
            'value'
          ];
          return value === undefined ? null : Number(value);
        });
    }, column);
  }

  /**
   * Scrolls from the top to the end and back, `stepPx` a frame, and tells what the page's own observer of long tasks saw
   * meanwhile, how far it came, and in how many frames.
   */
  scrollThrough(stepPx: number): Promise<{ longTasksMs: number[]; reachedEnd: boolean; frames: number }> {
    return this.page.evaluate(async (step) => {
      const grid = document.querySelector<HTMLElement>('[data-testid="process-grid"]');
      if (!grid) throw new Error('There is no table.');
      const longTasksMs: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasksMs.push(Math.round(duration));
      });
      observer.observe({ type: 'longtask' });
      const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
      let frames = 0;
      const end = (): number => grid.scrollHeight - grid.clientHeight;
      for (grid.scrollTop = 0; grid.scrollTop < end() - 1; frames++) {
        grid.scrollTop = Math.min(end(), grid.scrollTop + step);
        await frame();
      }
      const reachedEnd = Math.abs(grid.scrollTop - end()) < 2;
      for (; grid.scrollTop > 0; frames++) {
        grid.scrollTop -= step;
        await frame();
      }
      // What was seen last is told only after its task.
      await new Promise((done) => setTimeout(done, 200));
      observer.disconnect();
      return { longTasksMs, reachedEnd, frames };
    }, stepPx);
  }
}
