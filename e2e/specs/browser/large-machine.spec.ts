import type { Browser, Page } from '@playwright/test';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

const large = {
  cores: 128,
  interfaces: 200,
  disks: 40,
  services: 300,
  containers: 100,
  sensors: 120,
  processes: 3_000,
};

const openingLimitMs = 100;

// Recording what a page does takes the time that is measured here.
test.use({ trace: 'off' });

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Time on a core, in microseconds: that of a task that was interrupted by other programs is not counted. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task of the page's own thread while `act` runs, in milliseconds on a core. */
async function measureLongestTask(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const threads = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' &&
      name.endsWith('RunTask') &&
      threads.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  expect(tasks.length).toBeGreaterThan(0);
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1_000));
}

test('128 cores, 200 interfaces, 300 services and 3 000 processes hold no page for a tenth of a second', async ({
  host,
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const fake = await SyntheticHost.behind(page, (second) => createSections(large, second));
  await page.goto(host.url);
  const navigation = new PageNavigation(page);
  const names = await navigation.names();
  await expect(page.getByTestId('cores')).toHaveAttribute('data-count', '128');
  await page.mouse.move(700, 400);
  for (const [index, name] of names.entries()) {
    // The least of three: whatever else a machine does makes a task longer, and nothing makes it shorter.
    let openingMs = Infinity;
    for (let opened = 0; opened < 3 && openingMs >= openingLimitMs; opened++) {
      if (opened > 0) await navigation.open(names[(index + 1) % names.length]!);
      const tookMs = await measureLongestTask(browser, page, async () => {
        await navigation.open(name);
        await page.waitForTimeout(400);
      });
      openingMs = Math.min(openingMs, tookMs);
    }
    const runningMs = await measureLongestTask(browser, page, async () => {
      for (let passed = 0; passed < 6; passed++) {
        await fake.tick();
        await page.mouse.wheel(0, 400);
        await page.waitForTimeout(150);
      }
    });
    const description = `${openingMs.toFixed(1)} ms to open, then ${runningMs.toFixed(1)} ms at most`;
    test.info().annotations.push({ type: name, description });
    // The aim is 50 ms, which benches watch: a machine that tests runs at half its speed now and then.
    expect.soft(runningMs, `${name}: ${description}`).toBeLessThan(75);
    expect.soft(openingMs, `${name}: ${description}`).toBeLessThan(openingLimitMs);
    expect(await page.locator('main canvas').count()).toBeLessThan(140);
    expect(await page.locator('main tr').count()).toBeLessThan(200);
  }
});
