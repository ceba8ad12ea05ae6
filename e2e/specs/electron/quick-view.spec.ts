import { expect, test } from '../../fixtures/test.ts';
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
  expect(await quickView.isVisible()).toBe(true);
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

test('--quick at the start shows the quick view alone', async ({ startApp }) => {
  const app = await startApp({ args: ['--quick'] });
  await findPage(app, 'quick.html');
  expect(app.application.windows()).toHaveLength(1);
});
