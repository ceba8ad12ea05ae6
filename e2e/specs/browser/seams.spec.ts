import { TcpProxy } from '../../../src/node/server/testing/tcp-proxy.ts';
import { SharedHost } from '../../fixtures/shared-host.ts';
import { StreamClient } from '../../fixtures/stream-client.ts';
import { expect, test } from '../../fixtures/test.ts';
import { readMemoryChart, type ChartColumn } from '../../models/chart-picture.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

/** Share of the columns between the first and the last that are drawn which are not. */
function shareOfHoles(columns: readonly ChartColumn[]): number {
  const first = columns.findIndex(({ isDrawn }) => isDrawn);
  const last = columns.findLastIndex(({ isDrawn }) => isDrawn);
  const within = columns.slice(first, last + 1);
  return within.filter(({ isDrawn }) => !isDrawn).length / within.length;
}

test('on every page a lost connection greys the figures, those of the navigation too, and says since when', async ({
  host,
  page,
}) => {
  test.setTimeout(120_000);
  const shared = await SharedHost.behind(page);
  await page.goto(host.url);
  const viewer = new ViewerPage(page);
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  await shared.synthetic.tick(3);
  const navigation = new PageNavigation(page);
  for (const name of await navigation.names()) {
    await navigation.open(name);
    await shared.synthetic.tick();
    await navigation.expectSettled();
    await expect(page.locator('main')).toHaveAttribute('data-stale', 'false');
    await shared.synthetic.setReachable(false);
    await expect(page.locator('main')).toHaveAttribute('data-stale', 'true');
    await expect(viewer.banner).toContainText('Stale since');
    for (const figures of [page.locator('main'), page.locator('.navigation__figure').first()]) {
      await expect(figures).toHaveCSS('filter', 'grayscale(1)');
    }
    await shared.synthetic.setReachable(true);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(page.locator('main')).toHaveAttribute('data-stale', 'false');
  }
});

test('what a viewer missed while its link was down fills the chart at its own time, with no seam', async ({
  host,
  page,
}) => {
  test.setTimeout(90_000);
  const other = new StreamClient(host.url, await host.createToken('view'), ['cpu', 'memory']);
  // The host takes its own port only, and listens on the IPv4 address alone: the same port of the other is free.
  await using proxy = await TcpProxy.start({ target: { port: host.port }, host: '::1', port: host.port });
  const viewer = new ViewerPage(page);
  await viewer.open(`http://[::1]:${proxy.port}#memory`);
  await viewer.pair(host.pairingCode);
  await expect.poll(() => viewer.figure('memory-used')).toBeGreaterThan(0);
  const card = page.getByTestId('card-memory');
  const drawn = async (): Promise<number> =>
    (await readMemoryChart(card)).filter(({ isDrawn }) => isDrawn).length;
  // About six seconds of it.
  await expect.poll(drawn, { timeout: 15_000 }).toBeGreaterThan(25);
  const before = await drawn();

  await proxy.cutCable();
  await expect(viewer.connection).not.toHaveAttribute('data-phase', 'live', { timeout: 5_000 });
  const seen = other.of('sample').length;
  await other.until(() => other.of('sample').length >= seen + 15);
  await proxy.plugIn();
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live', { timeout: 5_000 });
  await expect.poll(drawn).toBeGreaterThan(before * 2);
  const columns = await readMemoryChart(card);
  expect(shareOfHoles(columns)).toBeLessThan(0.02);
  expect(columns.filter(({ isUnseen }) => isUnseen)).toEqual([]);
  other.abort();
});

test('the time of a restart of the host is a band in the chart, with nothing drawn through it', async ({
  host,
  startHost,
  page,
}) => {
  const viewer = new ViewerPage(page);
  await viewer.open(`${host.url}#memory`);
  await viewer.pair(host.pairingCode);
  const card = page.getByTestId('card-memory');
  const count = async (what: keyof ChartColumn): Promise<number> =>
    (await readMemoryChart(card)).filter((column) => column[what]).length;
  await expect.poll(() => count('isDrawn'), { timeout: 15_000 }).toBeGreaterThan(10);
  expect(await count('isUnseen')).toBe(0);
  await host.kill();
  await expect(viewer.banner).toContainText('Stale since');
  await page.waitForTimeout(4_000);
  await startHost({ dataFolder: host.dataFolder, port: host.port });
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live', { timeout: 20_000 });
  await expect.poll(() => count('isUnseen')).toBeGreaterThan(10);
  // Where it is marked nothing is drawn, but for the edge that both may share.
  const columns = await readMemoryChart(card);
  expect(columns.filter(({ isDrawn, isUnseen }) => isDrawn && isUnseen).length).toBeLessThan(4);
});
