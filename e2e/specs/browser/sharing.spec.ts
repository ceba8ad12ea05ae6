import type { Page } from '@playwright/test';
import { MonitorError } from '../../../src/shared/lifecycle/monitor-error.ts';
import type { AccessRaw } from '../../../src/shared/series/raw/access.ts';
import { decodeQrPicture } from '../../fixtures/decode-qr.ts';
import { SharedHost } from '../../fixtures/shared-host.ts';
import { fingerprint } from '../../fixtures/synthetic-access.ts';
import { expect, test } from '../../fixtures/test.ts';

const off: AccessRaw['sharing'] = {
  state: 'off',
  message: null,
  plainHttp: false,
  urls: [],
  fingerprint: null,
  certificateEndsWallMs: null,
  announcedAs: null,
};

async function openSharing(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#sharing`);
  await expect(page.getByTestId('card-sharing')).toHaveAttribute('data-status', 'ok');
}

/** Off, and without a code. */
const alone = (access: AccessRaw): Partial<AccessRaw> => ({
  sharing: off,
  pairing: { ...access.pairing, code: null },
});

test('sharing is one switch, off at first, which asks the host and then for a code', async ({
  host,
  page,
}) => {
  const shared = await SharedHost.behind(page);
  shared.change(alone);
  await openSharing(page, host.url);
  const toggle = page.getByRole('switch', { name: 'Share on the LAN' });
  await expect(toggle).toHaveAttribute('aria-checked', 'false');
  await expect(page.getByRole('status').filter({ hasText: 'only this machine itself' })).toBeVisible();
  await expect(page.getByTestId('pairing-qr')).toHaveCount(0);

  await toggle.focus();
  await page.keyboard.press('Space');
  await expect.poll(() => shared.asked.map(({ method }) => method)).toEqual(['sharing.set', 'pairing.open']);
  expect(shared.callsOf('sharing.set')).toEqual([{ enabled: true }]);
  await shared.show(() => ({ sharing: { ...off, state: 'starting' } }));
  await expect(page.getByTestId('sharing-state')).toHaveText('Starting …');
  await expect(toggle).toBeDisabled();
});

test('its address, code and fingerprint are told, and the picture reads as the address with the code', async ({
  host,
  page,
}) => {
  const shared = await SharedHost.behind(page);
  await openSharing(page, host.url);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const picture = page.getByRole('img', { name: /^QR code/ });
    expect((await picture.boundingBox())!.width).toBeGreaterThan(200);
    expect(await decodeQrPicture(page, await picture.screenshot())).toBe(
      'https://192.168.1.20:9740/#pair=BCDF-GHJK',
    );
  }
  await expect(page.getByTestId('pairing-live-code')).toHaveText('BCDF-GHJK');
  await expect(page.getByTestId('fingerprint')).toHaveText(fingerprint);
  await expect(page.getByTestId('announced')).toContainText('workbench');
  await expect(page.getByTestId('code-left')).toContainText('5:00');
  await shared.synthetic.tick(53);
  await expect(page.getByTestId('code-left')).toContainText('4:07');
  await shared.synthetic.tick(300);
  await expect(page.getByTestId('no-code')).toHaveText('The code has expired.');
  await expect(page.getByTestId('pairing-qr')).toHaveCount(0);
  await page.getByRole('button', { name: 'New code' }).click();
  await expect.poll(() => shared.callsOf('pairing.open')).toHaveLength(1);
});

test('what stands in the way is said: a failure with another try, no address, plain HTTP', async ({
  host,
  page,
}) => {
  const shared = await SharedHost.behind(page);
  const message = 'Port 9740 is taken. End the program that listens there, or choose another port.';
  shared.change(() => ({ sharing: { ...off, state: 'failed', message } }));
  await openSharing(page, host.url);
  await expect(page.getByTestId('sharing-message')).toContainText(message);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => shared.callsOf('sharing.set')).toEqual([{ enabled: true }]);

  await shared.show(() => ({ sharing: { ...off, state: 'on' } }));
  await expect(page.getByTestId('no-address')).toBeVisible();
  await expect(page.getByTestId('pairing-qr')).toHaveCount(0);

  await page.getByRole('checkbox', { name: /plain HTTP/ }).click();
  await expect.poll(() => shared.callsOf('sharing.set').at(-1)).toEqual({ plainHttp: true });
  const urls = ['http://192.168.1.20:9740'];
  await shared.show(() => ({ sharing: { ...off, state: 'on', plainHttp: true, urls } }));
  await expect(page.getByTestId('plain-http-warning')).toContainText('Anybody on the network can read');
  await expect(page.getByText('not encrypted')).toBeVisible();
});

test('a refusal of the host is heard, with its remedy', async ({ host, page }) => {
  const shared = await SharedHost.behind(page);
  shared.answer = () => {
    throw new MonitorError('unavailable', 'No certificate could be made.', { remedy: 'Free some space.' });
  };
  shared.change(alone);
  await openSharing(page, host.url);
  await page.getByRole('switch').click();
  const outcome = page.getByRole('alert').filter({ hasText: 'No certificate could be made.' });
  await expect(outcome.locator('code')).toHaveText('Free some space.');
  await expect(page.getByRole('switch')).toBeEnabled();
});

test('who may not change it sees how it is, and no button that does nothing', async ({ host, page }) => {
  await SharedHost.behind(page, []);
  await openSharing(page, host.url);
  await expect(page.getByTestId('sharing-state')).toHaveAttribute('data-state', 'on');
  await expect(page.getByRole('switch')).toHaveCount(0);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.locator('main').getByRole('button', { name: /code|Withdraw|Try/ })).toHaveCount(0);
});

test('what hosts nearby say of themselves is text, and only the address of a page is a link', async ({
  host,
  page,
}) => {
  await SharedHost.behind(page);
  await openSharing(page, host.url);
  const rows = page.getByTestId('nearby-row');
  await expect(rows).toHaveCount(2);
  const link = rows.first().getByRole('link');
  await expect(link).toHaveAttribute('href', 'https://192.168.1.7:9740');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(rows.nth(1).getByRole('link')).toHaveCount(0);
  await expect(rows.nth(1)).toContainText('$(touch x)');
  await expect(page.locator('main img')).toHaveCount(0);
});

test('an address is copied without being selected by hand', async ({ host, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await SharedHost.behind(page);
  await openSharing(page, host.url);
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy the address https://192.168.1.20:9740' }).click();
  await expect.poll(read).toBe('https://192.168.1.20:9740');
  // As where there is no such permission: the app's own window, and pages without TLS.
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('no')) });
  });
  await page.getByRole('button', { name: 'Copy the fingerprint' }).click();
  await expect.poll(read).toBe(fingerprint);
});

for (const width of [360, 390, 768, 1280, 1920]) {
  test(`the pages of sharing and of viewers fit a screen ${width} wide`, async ({ host, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await SharedHost.behind(page);
    for (const name of ['sharing', 'viewers']) {
      await page.goto(`${host.url}#${name}`);
      await expect(page.locator('main .card').first()).toHaveAttribute('data-status', 'ok');
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect([name, isWide]).toEqual([name, false]);
    }
  });
}
