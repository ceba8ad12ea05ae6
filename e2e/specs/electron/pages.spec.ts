import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream } from '../../models/host-stream.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

test('every page opens from the navigation, and each card of it has figures or says why not', async ({
  app,
}) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const navigation = new PageNavigation(dashboard.page);
  const complaints: string[] = [];
  dashboard.page.on('pageerror', (error) => complaints.push(error.message));
  dashboard.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const names = await navigation.names();
  expect(names).toEqual(
    expect.arrayContaining(['overview', 'processor', 'memory', 'disks', 'network', 'host']),
  );
  for (const name of names) {
    await navigation.open(name);
    const cards = await navigation.expectSettled();
    // The table of processes fills its page and is no card.
    if (cards.length === 0) await expect(dashboard.page.locator('main'), name).toHaveText(/\d/);
    // A process that failed to be read is no state that a sound machine may be in.
    for (const { name: card, status, words } of cards) {
      expect([name, card, status]).not.toEqual([name, card, 'failed']);
      expect([name, card, words]).not.toEqual([name, card, '']);
    }
  }
  expect(complaints).toEqual([]);
});

test('the pages are reached by keys alone', async ({ app }) => {
  const { page } = await DashboardWindow.of(app);
  const navigation = new PageNavigation(page);
  const [first, second, third] = (await navigation.names()) as [string, string, string];
  await navigation.entry(first).focus();
  await page.keyboard.press('ArrowDown');
  await expect(navigation.entry(second)).toBeFocused();
  await page.keyboard.press('Enter');
  await navigation.expectShown(second);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await navigation.expectShown(third);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await navigation.expectShown(first);
  // Back, as a browser does it.
  await page.goBack();
  await navigation.expectShown(third);
});

test('what a page asks for is read while it is shown, and no longer', async ({ startApp }) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const navigation = new PageNavigation(dashboard.page);
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  const offered = (await stream.diagnosticsUntil(() => true)).collectors.map(({ id }) => id);
  const pagesOfTopics = (
    [
      ['network', 'socket'],
      ['sensors', 'power'],
      ['host', 'login'],
    ] as const
  ).filter(([, topic]) => offered.includes(topic));
  expect(pagesOfTopics.length).toBeGreaterThan(0);
  for (const [name, topic] of pagesOfTopics) {
    // What every page shows is read all along, so that no chart has a hole.
    const readWith = (isRead: boolean) =>
      stream.diagnosticsUntil(({ collectors }) => {
        const intervalOf = (id: string): number | null =>
          collectors.find((collector) => collector.id === id)?.intervalMs ?? null;
        return intervalOf('cpu') === 1_000 && (intervalOf(topic) !== null) === isRead;
      });
    await navigation.open(name);
    await readWith(true);
    // Which asks for nothing of its own.
    await navigation.open('memory');
    const left = await readWith(false);
    expect(left.collectors.find(({ id }) => id === topic)?.state).not.toBe('active');
  }
  await stream.close();
});
