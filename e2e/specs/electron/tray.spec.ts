import { once } from 'node:events';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow, findPage } from '../../models/dashboard-window.ts';
import { TrayHost } from '../../models/tray-host.ts';

test.skip(process.platform !== 'linux', 'The tray of the test is one of Linux.');

test('the tray icon carries current figures, and all that it does is in its menu', async ({ startApp }) => {
  await using tray = await TrayHost.start();
  const app = await startApp({ env: { DBUS_SESSION_BUS_ADDRESS: tray.address } });
  await DashboardWindow.of(app);
  await expect.poll(() => tray.toolTip()).toMatch(/Processor \d+(\.\d)? %/);
  expect(await tray.toolTip()).toMatch(/Memory [\d.]+ \wiB of [\d.]+ \wiB[^]*Network[^]*Disk/);
  const entries = (await tray.menu()).filter(({ label }) => label !== '');
  expect(entries.filter(({ isEnabled }) => isEnabled).map(({ label }) => label)).toEqual([
    'Open Pulsewire',
    'Quick view',
    'Share…',
    'Quit',
  ]);
  expect(entries.filter(({ isEnabled }) => !isEnabled)).toHaveLength(4);

  await tray.activate();
  await findPage(app, 'quick.html');
});

test('with a tray, closing the window keeps the app, and the tray opens it again and quits', async ({
  startApp,
}) => {
  await using tray = await TrayHost.start();
  const app = await startApp({ env: { DBUS_SESSION_BUS_ADDRESS: tray.address } });
  const dashboard = await DashboardWindow.of(app);
  await tray.item();
  await dashboard.close();
  await expect.poll(() => app.application.windows().length).toBe(0);

  await tray.choose('Open Pulsewire');
  const again = await DashboardWindow.of(app);
  await again.expectLive();

  const exited = once(app.application.process(), 'exit');
  await tray.choose('Quit');
  expect(await exited).toEqual([0, null]);
});
