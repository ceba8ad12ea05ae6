import { expect, test } from '../../fixtures/test.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

test('the page is told in the compact encoding, in a fraction of the bytes', async ({ host, page }) => {
  const sizes: number[] = [];
  const texts: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') texts.push(payload);
      else sizes.push(payload.length);
    });
  });
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  await expect.poll(() => sizes.length, { timeout: 20_000 }).toBeGreaterThan(12);
  const later = sizes.slice(6).sort((a, b) => a - b);
  expect(later[Math.floor(later.length / 2)]).toBeLessThan(600);
  expect(texts).toEqual([]);
  await expect.poll(() => viewer.figure('cpu-total')).toBeGreaterThanOrEqual(0);
  expect(viewer.complaints).toEqual([]);
});
