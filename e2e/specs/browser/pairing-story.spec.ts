import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { decodeQrPicture } from '../../fixtures/decode-qr.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

/** Where each step is kept as a picture; nowhere unless `npm run screenshots` says. */
const filmFolder = process.env['PULSEWIRE_FILM'];
const hasLan = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ internal, family }) => !internal && family === 'IPv4'),
);

const userAgent =
  'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';

/** A phone: its screen, its touch, and no trust in anybody's own certificate but what its user gives. */
async function takePhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    userAgent,
    // What a person does after comparing the fingerprints: going on.
    ignoreHTTPSErrors: true,
  });
  return context.newPage();
}

async function film(page: Page, name: string): Promise<void> {
  if (filmFolder) await page.screenshot({ path: join(filmFolder, `${name}.png`), scale: 'css' });
}

/** Until colours that fade have faded. */
async function settle(page: Page): Promise<void> {
  if (!filmFolder) return;
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
}

test.skip(!hasLan, 'This machine has no address on a network, so there is nothing to share on.');

test('from the picture on the host’s screen to live figures on a phone, each step, in under ten seconds', async ({
  startApp,
  browser,
}) => {
  test.setTimeout(120_000);
  const app = await startApp({ args: ['--port', '0'] });
  const host = await DashboardWindow.of(app);
  await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 860),
  );
  await host.expectLive();
  await host.page.getByTestId('view-sharing').click();
  const share = host.page.getByRole('switch', { name: 'Share on the LAN' });
  await expect(share).toHaveAttribute('aria-checked', 'false');
  await film(host.page, '1-off');

  await share.click();
  const picture = host.page.getByRole('img', { name: /^QR code/ });
  await expect(picture).toBeVisible({ timeout: 20_000 });
  await expect(share).toHaveAttribute('aria-checked', 'true');
  const fingerprint = (await host.page.getByTestId('fingerprint').textContent()) ?? '';
  expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  await settle(host.page);
  await film(host.page, '2-shared');
  // The app's own page has no permission for the clipboard, and copies all the same.
  await host.page.getByRole('button', { name: 'Copy the fingerprint' }).click();
  await expect(host.page.getByRole('button', { name: 'Copied the fingerprint' })).toBeVisible();
  expect(await app.application.evaluate(({ clipboard }) => clipboard.readText())).toBe(fingerprint);

  const phone = await takePhone(browser);
  const payload = await decodeQrPicture(phone, await picture.screenshot());
  expect(payload).toMatch(/^https:\/\/[^/]+\/#pair=[A-Z]{4}-[A-Z]{4}$/);
  const scannedMs = Date.now();
  await phone.goto(payload);
  const ask = phone.getByRole('button', { name: 'Ask to be let in' });
  await expect(ask).toBeEnabled();
  expect(await phone.evaluate(() => location.hash)).toBe('');
  await expect(phone.getByTestId('first-use')).toContainText('cannot prove');
  await film(phone, '3-phone-asks');

  await ask.tap();
  const dialog = host.page.getByRole('dialog', { name: '“Pixel 8, Chrome” asks to watch this machine' });
  await expect(dialog).toBeVisible();
  const shown = await phone.getByTestId('pairing-key').textContent();
  await expect(dialog.getByTestId('admit-key')).toHaveText(shown!);
  await film(phone, '4-phone-waits');
  const allow = dialog.getByRole('button', { name: 'Allow' });
  await expect(allow).toBeEnabled();
  await film(host.page, '5-host-confirms');

  await allow.click();
  const viewer = new ViewerPage(phone);
  await expect.poll(() => viewer.figure('memory-used'), { intervals: [50] }).toBeGreaterThan(0);
  const tookMs = Date.now() - scannedMs;
  test.info().annotations.push({ type: 'from QR payload to first sample', description: `${tookMs} ms` });
  expect(tookMs).toBeLessThan(10_000);
  await expect(dialog).toHaveCount(0);
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');
  // Its charts have something to show by then.
  if (filmFolder) await phone.waitForTimeout(20_000);
  await film(phone, '6-phone-watches');

  // The phone is on the host's list, with its connection, and is sent away from there.
  await host.page.getByTestId('view-viewers').click();
  const device = host.page.getByTestId('device-row').filter({ hasText: 'Pixel 8, Chrome' });
  await expect(device.getByTestId('device-use')).toHaveText('connected');
  await host.page.getByRole('button', { name: 'Pixel 8, Chrome', exact: true }).click();
  await settle(host.page);
  await film(host.page, '7-viewers');
  await device.getByRole('button', { name: /^Revoke/ }).click();
  await host.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  const revokedMs = Date.now();
  await expect(viewer.pairing).toBeVisible({ timeout: 2_000 });
  expect(Date.now() - revokedMs).toBeLessThan(2_000);
  await expect(phone.getByTestId('pairing-reason')).toContainText('has ended this device’s access');
  await expect(device).toHaveCount(0);
  await expect(host.page.getByTestId('closed-row').first()).toContainText('tasks left: 0');
  await film(phone, '8-phone-revoked');
  await phone.context().close();
});

test('a guest over plain HTTP is warned on every page, may only look, and sees how long it is let in', async ({
  startApp,
  browser,
}) => {
  test.setTimeout(120_000);
  const app = await startApp({ args: ['--port', '0'] });
  const host = await DashboardWindow.of(app);
  await host.expectLive();
  await host.page.getByTestId('view-sharing').click();
  await host.page.getByRole('checkbox', { name: /plain HTTP/ }).check();
  await host.page.getByRole('switch', { name: 'Share on the LAN' }).click();
  await expect(host.page.getByTestId('plain-http-warning')).toBeVisible();
  const address = host.page
    .getByTestId('sharing-url')
    .filter({ hasText: /^http:/ })
    .first();
  await expect(address).toBeVisible({ timeout: 20_000 });
  const code = (await host.page.getByTestId('pairing-live-code').textContent()) ?? '';
  await settle(host.page);
  await film(host.page, 'plain-1-host');

  const phone = await takePhone(browser);
  await phone.goto((await address.textContent())!);
  const warning = phone.getByTestId('plain-warning');
  await expect(warning).toContainText('Not encrypted.');
  await phone.getByTestId('pairing-code').fill(code);
  await film(phone, 'plain-2-phone-asks');
  await phone.getByRole('button', { name: 'Ask to be let in' }).tap();

  const dialog = host.page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Administrator/ }).check();
  await dialog.getByRole('checkbox', { name: /^Guest for 30 minutes/ }).check();
  await dialog.getByRole('button', { name: 'Allow' }).click();
  const viewer = new ViewerPage(phone);
  await expect.poll(() => viewer.figure('memory-used')).toBeGreaterThan(0);
  await expect(phone.getByTestId('access-end')).toHaveText('let in for 29 min');
  await expect(phone.getByTestId('view-processes')).toBeVisible();
  for (const name of ['sharing', 'viewers', 'diagnostics']) {
    await expect(phone.getByTestId(`view-${name}`)).toHaveCount(0);
  }
  await phone.getByTestId('view-network').tap();
  expect(await viewer.overflowsSideways()).toBe(false);
  await phone.evaluate(() => window.scrollTo(0, 600));
  await expect(warning).toBeInViewport({ ratio: 1 });
  await film(phone, 'plain-3-phone-watches');
  await phone.context().close();
});
