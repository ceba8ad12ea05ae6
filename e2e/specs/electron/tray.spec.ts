import { once } from 'node:events';
import { expect, test } from '../../fixtures/test.ts';
import { startBusyProcess } from '../../fixtures/busy-process.ts';
import { DashboardWindow, findPage } from '../../models/dashboard-window.ts';
import { startAgain } from '../../models/quick-view-window.ts';
import { TrayHost } from '../../models/tray-host.ts';

test.skip(process.platform !== 'linux', 'The tray of the test is one of Linux.');

test('the tray icon carries current figures, can be a live chart, and all that it does is in its menu', async ({
  startApp,
}) => {
  await using tray = await TrayHost.start();
  const app = await startApp({ args: ['--hidden'], env: { DBUS_SESSION_BUS_ADDRESS: tray.address } });
  await expect.poll(() => tray.toolTip()).toMatch(/Processor \d+(\.\d)? %/);
  expect(await tray.toolTip()).toMatch(/Memory [\d.]+ \wiB of [\d.]+ \wiB[^]*Network[^]*Disk/);
  const entries = (await tray.menu()).filter(({ label }) => label !== '');
  expect(entries.filter(({ isEnabled }) => isEnabled).map(({ label }) => label)).toEqual([
    'Open Pulsewire',
    'Quick view',
    'Always on top',
    'Icon',
    'Pulsewire',
    'Processor chart',
    'Memory chart',
    'Network chart',
    'Share…',
    'Settings…',
    'Quit',
  ]);
  expect(entries.filter(({ isEnabled }) => !isEnabled)).toHaveLength(4);
  expect(entries.filter(({ isChecked }) => isChecked).map(({ label }) => label)).toEqual(['Pulsewire']);

  await test.step('the mark is drawn once', async () => {
    const [picture] = await tray.pictures();
    expect(picture!.bytes).toHaveLength(picture!.edge ** 2 * 4);
    expect(tray.newIcons).toBe(0);
  });

  await test.step('a chart is drawn as soon as it is chosen, and anew under load', async () => {
    const [mark] = await tray.pictures();
    await tray.choose('Processor chart');
    await expect.poll(() => tray.newIcons).toBeGreaterThan(0);
    const [first] = await tray.pictures();
    expect(first!.bytes.equals(mark!.bytes)).toBe(false);
    const checked = (await tray.menu()).filter(({ isChecked }) => isChecked);
    expect(checked.map(({ label }) => label)).toEqual(['Processor chart']);

    const drawnBefore = tray.newIcons;
    const busy = startBusyProcess(10_000);
    await expect.poll(() => tray.newIcons, { timeout: 10_000 }).toBeGreaterThan(drawnBefore);
    busy.kill();
    expect((await tray.pictures())[0]!.bytes.equals(first!.bytes)).toBe(false);
  });

  await tray.activate();
  await findPage(app, 'quick.html');
});

test('with a tray, closing the window keeps the app, and a second start or the tray opens it again, and the tray quits', async ({
  startApp,
}) => {
  await using tray = await TrayHost.start();
  const app = await startApp({ env: { DBUS_SESSION_BUS_ADDRESS: tray.address } });
  const dashboard = await DashboardWindow.of(app);
  await tray.item();
  await dashboard.close();
  await expect.poll(() => app.application.windows().length).toBe(0);

  expect(await startAgain(app, [])).toBe(0);
  await (await DashboardWindow.of(app)).close();
  await expect.poll(() => app.application.windows().length).toBe(0);

  await tray.choose('Open Pulsewire');
  const again = await DashboardWindow.of(app);
  await again.expectLive();

  const exited = once(app.application.process(), 'exit');
  await tray.choose('Quit');
  expect(await exited).toEqual([0, null]);
});

test('hidden in the tray the app has no session of the engine, which takes 10 MB, until a window needs one', async ({
  startApp,
}) => {
  await using tray = await TrayHost.start();
  const app = await startApp({ args: ['--hidden'], env: { DBUS_SESSION_BUS_ADDRESS: tray.address } });
  await tray.item();
  await app.application.evaluate(({ app: electron }) => {
    const marks = globalThis as { sessionsMade?: number };
    marks.sessionsMade = 0;
    electron.on('session-created', () => (marks.sessionsMade = (marks.sessionsMade ?? 0) + 1));
  });
  const made = () => app.application.evaluate(() => (globalThis as { sessionsMade?: number }).sessionsMade);
  expect(await made()).toBe(0);
  await tray.activate();
  await findPage(app, 'quick.html');
  expect(await made()).toBe(1);
});
