import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/test.ts';
import { findViolations } from '../../models/axe.ts';
import { DashboardWindow, findPage } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';
import { QuickViewWindow, startAgain } from '../../models/quick-view-window.ts';
import { UnwatchedApp } from '../../models/unwatched-app.ts';

test('a second start with --quick opens the quick view of the running app, with live figures', async ({
  app,
}) => {
  await DashboardWindow.of(app);
  const quickView = await QuickViewWindow.openBySecondStart(app);
  await quickView.expectLive();
});

test('a second start ends with 0 and leaves the one window in front', async ({ app }) => {
  await DashboardWindow.of(app);
  expect(await startAgain(app, [])).toBe(0);
  expect(app.application.windows()).toHaveLength(1);
});

test('Escape hides the quick view', async ({ app }) => {
  await DashboardWindow.of(app);
  const quickView = await QuickViewWindow.openBySecondStart(app);
  await quickView.expectLive();
  await quickView.page.keyboard.press('Escape');
  await expect.poll(() => quickView.isVisible()).toBe(false);
});

test('the quick view goes when something else is attended to, and hidden it asks for nothing', async ({
  build,
}) => {
  void build;
  const port = await findFreePort();
  await using app = await UnwatchedApp.start(['--quick', '--port', String(port)]);
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  await stream.diagnosticsUntil((seen) => (pagesOf(seen)[0]?.subscriptions ?? 0) > 0);

  expect(await app.startAgain([])).toBe(0);
  const hidden = await stream.diagnosticsUntil((seen) => {
    const [tray, window] = ['tray', 'window'].map((kind) =>
      seen.clients.find((client) => client.kind === kind),
    );
    return tray?.subscriptions === 0 && (window?.subscriptions ?? 0) > 0;
  });
  expect(hidden.closed).toEqual([]);

  expect(await app.startAgain(['--quick'])).toBe(0);
  await stream.diagnosticsUntil((seen) =>
    pagesOf(seen).some(({ kind, subscriptions }) => kind === 'tray' && subscriptions > 0),
  );
  await stream.close();
  expect(await app.stop()).toBe(0);
});

test('--quick at the start shows the quick view alone: figures, processes, all by keys, and small on top', async ({
  startApp,
}) => {
  const app = await startApp({ args: ['--quick', '--port', '0'] });
  const quickView = await QuickViewWindow.of(app);
  const { page } = quickView;
  expect(app.application.windows()).toHaveLength(1);

  await test.step('it has figures, the busiest processes and how long the machine runs', async () => {
    await quickView.expectLive();
    for (const figure of ['network-in', 'disk-read', 'process-cpu', 'process-memory']) {
      await expect(page.getByTestId(figure).first()).toHaveAttribute('data-value', /\d/);
    }
    await expect(page.getByTestId('quick-vitals')).toContainText(/\d/);
    const marks = await page.evaluate(() => performance.getEntriesByName('quick-view-figures').length);
    expect(marks).toBe(1);
    await page.screenshot({ path: test.info().outputPath('quick-view.png') });
  });

  await test.step('it breaks no rule of WCAG 2.2 AA, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await findViolations(page), colorScheme).toEqual([]);
    }
  });

  await test.step('arrows choose a subject, Enter opens its page', async () => {
    await page.keyboard.press('ArrowDown');
    await expect(page.getByTestId('quick-processor')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByTestId('quick-memory')).toBeFocused();
    await page.keyboard.press('Enter');
    const dashboard = await findPage(app, 'index.html');
    await expect.poll(() => new URL(dashboard.url()).hash).toBe('#memory');
    await expect.poll(() => quickView.isVisible()).toBe(false);
  });

  await test.step('a digit opens a page, too', async () => {
    await startAgain(app, ['--quick']);
    await expect.poll(() => quickView.isVisible()).toBe(true);
    await page.keyboard.press('5');
    const dashboard = await findPage(app, 'index.html');
    await expect.poll(() => new URL(dashboard.url()).hash).toBe('#processes');
  });

  await test.step('on top it is a strip that stays, where it was put', async () => {
    await startAgain(app, ['--quick']);
    await page.getByTestId('quick-pin').click();
    await expect(page.getByTestId('quick-strip')).toBeVisible();
    await quickView.expectLive();
    await expect.poll(() => quickView.look()).toMatchObject({ height: 68, isOnTop: true });
    await startAgain(app, []);
    await quickView.moveTo(40, 60);
    const kept = join(app.dataFolder, 'quick-view.json');
    await expect
      .poll(() => JSON.parse(readFileSync(kept, 'utf8')) as unknown)
      .toMatchObject({ isOnTop: true, onTopBounds: { x: 40, y: 60 } });
    expect(await quickView.isVisible()).toBe(true);
    await page.screenshot({ path: test.info().outputPath('strip.png') });

    await page.getByTestId('quick-unpin').click();
    await expect(page.getByTestId('quick-view')).toBeVisible();
    await expect.poll(() => quickView.look()).toMatchObject({ width: 360 });
  });
});
