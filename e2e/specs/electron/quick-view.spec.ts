import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow, findPage } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';
import { QuickViewWindow, startAgain } from '../../models/quick-view-window.ts';

test('a second start with --quick opens the quick view of the running app, with live figures', async ({
  app,
}) => {
  await DashboardWindow.of(app);
  const quickView = await QuickViewWindow.openBySecondStart(app);
  await quickView.expectLive();
  expect(await quickView.isVisible()).toBe(true);
});

test('a second start ends with 0 and leaves the one window in front', async ({ app }) => {
  await DashboardWindow.of(app);
  expect(await startAgain(app, [])).toBe(0);
  expect(app.application.windows()).toHaveLength(1);
});

test('Escape hides the quick view, and while it is hidden it asks for nothing', async ({ startApp }) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  await DashboardWindow.of(app);
  const quickView = await QuickViewWindow.openBySecondStart(app);
  await quickView.expectLive();
  await quickView.followVisibility();
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  await stream.diagnosticsUntil((seen) => pagesOf(seen).some(({ kind }) => kind === 'tray'));

  await quickView.page.keyboard.press('Escape');
  await expect.poll(() => quickView.isVisible()).toBe(false);
  const hidden = await stream.diagnosticsUntil((seen) =>
    pagesOf(seen).every(({ kind, subscriptions }) => kind !== 'tray' || subscriptions === 0),
  );
  expect(pagesOf(hidden).some(({ kind }) => kind === 'window')).toBe(true);
  await stream.close();
});

test('--quick at the start shows the quick view alone', async ({ startApp }) => {
  const app = await startApp({ args: ['--quick'] });
  await findPage(app, 'quick.html');
  expect(app.application.windows()).toHaveLength(1);
});
