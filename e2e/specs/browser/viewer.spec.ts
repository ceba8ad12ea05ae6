import { readFileSync } from 'node:fs';
import type { DiagnosticsRaw } from '../../../src/shared/series/raw/diagnostics.ts';
import { StreamClient } from '../../fixtures/stream-client.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

const kibibytes = (name: string): number =>
  1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);

test('a browser enters the code once and then sees live figures of this machine', async ({ host, page }) => {
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair('BBBB-BBBB');
  await expect(viewer.problem).not.toBeEmpty();
  await viewer.pair(host.pairingCode.toLowerCase().replace('-', ''));
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  await expect.poll(() => viewer.figure('cpu-total')).toBeGreaterThanOrEqual(0);
  const memoryIsOff = async (): Promise<number> =>
    Math.abs((await viewer.figure('memory-used'))! - (kibibytes('MemTotal') - kibibytes('MemAvailable')));
  await expect.poll(memoryIsOff).toBeLessThan(128 * 2 ** 20);

  await page.reload();
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  await expect(viewer.pairing).toHaveCount(0);
  expect(viewer.complaints).toEqual([]);
});

test('a viewer is offered nothing that it may not see', async ({ host, page }) => {
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  await expect(page.getByTestId('view-diagnostics')).toHaveCount(0);
});

test('the page says that it is stale while the host is stopped, and goes on after it', async ({
  host,
  page,
}) => {
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  await expect.poll(() => viewer.figure('cpu-total')).toBeGreaterThanOrEqual(0);
  host.process.kill('SIGSTOP');
  try {
    await expect(viewer.connection).toHaveAttribute('data-phase', 'stale', { timeout: 4_000 });
    await expect(viewer.banner).toContainText('Stale since');
  } finally {
    host.process.kill('SIGCONT');
  }
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
});

test('the page outlives a restart of the host', async ({ host, startHost, page }) => {
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  await expect.poll(() => viewer.figure('cpu-total')).toBeGreaterThanOrEqual(0);
  await host.kill();
  await expect(viewer.connection).not.toHaveAttribute('data-phase', 'live');
  await expect(viewer.banner).toContainText('Reconnecting in');
  await startHost({ dataFolder: host.dataFolder, port: host.port });
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live', { timeout: 20_000 });
  await expect(viewer.banner).toHaveCount(0);
});

test('of a tab that was closed nothing is left', async ({ host, page }) => {
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  const watcher = new StreamClient(host.url, await host.createToken('control'), ['diagnostics']);
  const latest = (): DiagnosticsRaw | undefined => {
    const message = [...watcher.of('snapshot'), ...watcher.of('sample')].at(-1);
    const section = message?.sections.diagnostics;
    return section?.status === 'ok' ? section.data : undefined;
  };
  await watcher.until(() => latest()?.clients.length === 2);
  await page.close();
  await watcher.until(() => latest()?.clients.length === 1 && latest()?.closed.length === 1);
  expect(latest()?.closed[0]).toMatchObject({ kind: 'socket', tasksLeft: 0, notStopped: [] });
  watcher.abort();
});

for (const [width, height] of [
  [360, 740],
  [1280, 800],
  [2560, 1440],
  [3840, 2160],
] as const) {
  test(`the dashboard fits a screen ${width} wide`, async ({ host, page }) => {
    await page.setViewportSize({ width, height });
    const viewer = new ViewerPage(page);
    await viewer.open(host.url);
    expect(await viewer.overflowsSideways()).toBe(false);
    await viewer.pair(host.pairingCode);
    await expect.poll(() => viewer.figure('cpu-total')).toBeGreaterThanOrEqual(0);
    expect(await viewer.overflowsSideways()).toBe(false);
  });
}
