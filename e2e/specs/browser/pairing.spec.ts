import { devices, type Page, type Route } from '@playwright/test';
import { expect, test } from '../../fixtures/test.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

/** What a phone sends, and how a test answers it. */
interface Asking {
  readonly body: { readonly code: string; readonly name: string; readonly key: string };
  readonly route: Route;
}

/** Keeps what the page asks the host for, to be answered by the test. */
async function holdPairing(page: Page): Promise<() => Promise<Asking>> {
  const asked: Asking[] = [];
  await page.route('**/v1/pair', (route) => {
    asked.push({ route, body: route.request().postDataJSON() as Asking['body'] });
  });
  return async () => {
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    return asked.shift()!;
  };
}

const scanned = '#pair=BCDF-GHJK';

test.describe('on a phone', () => {
  const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
  test.use(phone);

  test('a scanned code is out of the address at once, and asking is one tap', async ({ host, page }) => {
    const next = await holdPairing(page);
    await page.goto(`${host.url}${scanned}`);
    await expect(page.getByTestId('pairing-code')).toHaveValue('BCDF-GHJK');
    expect(await page.evaluate(() => [location.hash, history.length])).toEqual(['', 2]);
    await expect(page.getByTestId('pairing-name')).toHaveValue('Pixel 7, Chrome');
    await page.getByRole('button', { name: 'Ask to be let in' }).tap();
    const { body } = await next();
    expect(body).toMatchObject({ code: 'BCDF-GHJK', name: 'Pixel 7, Chrome' });
    expect(body.key).toMatch(/^\d{6}$/);
    await expect(page.getByTestId('pairing-key')).toHaveText(`${body.key.slice(0, 3)} ${body.key.slice(3)}`);
    await expect(page.getByRole('heading', { name: 'Compare with the host’s screen' })).toBeFocused();
  });

  test('a code that is scanned while the page is open is taken too', async ({ host, page }) => {
    await page.goto(host.url);
    await expect(page.getByTestId('pairing-code')).toHaveValue('');
    await page.goto(`${host.url}${scanned}`);
    await expect(page.getByTestId('pairing-code')).toHaveValue('BCDF-GHJK');
    expect(await page.evaluate(() => location.hash)).toBe('');
  });
});

test('waiting is cancelled, which takes the request back, and each asking has a number of its own', async ({
  host,
  page,
}) => {
  const next = await holdPairing(page);
  await page.goto(`${host.url}${scanned}`);
  const submit = page.getByRole('button', { name: 'Ask to be let in' });
  await submit.click();
  const first = await next();
  const given = page.waitForEvent('requestfailed');
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect((await given).url()).toBe(first.route.request().url());
  await expect(page.getByTestId('pairing-problem')).toBeEmpty();
  await expect(page.getByTestId('pairing-code')).toHaveValue('BCDF-GHJK');
  await submit.click();
  expect((await next()).body.key).not.toBe(first.body.key);
});

for (const [words, status, code, advice, isSpent] of [
  ['a refusal', 403, 'forbidden', 'ask for a new code', true],
  ['silence', 403, 'timeout', 'confirm there once both screens show the same number', true],
  ['a wrong code', 401, 'unauthorized', 'wrong or no longer valid', true],
  ['too many attempts', 429, 'rateLimited', 'Wait 12 s', false],
  ['other devices that wait', 503, 'limitExceeded', 'As the host puts it.', false],
] as const) {
  test(`${words}: the page says what to do`, async ({ host, page }) => {
    const next = await holdPairing(page);
    await page.goto(`${host.url}${scanned}`);
    await page.getByRole('button', { name: 'Ask to be let in' }).click();
    const { route } = await next();
    const headers = { 'Retry-After': '12' };
    await route.fulfill({ status, headers, json: { code, message: 'As the host puts it.' } });
    await expect(page.getByRole('alert')).toContainText(advice);
    await expect(page.getByTestId('pairing-code')).toHaveValue(isSpent ? '' : 'BCDF-GHJK');
  });
}

test('a host that cannot be reached: the page says so and keeps the code', async ({ host, page }) => {
  await page.goto(`${host.url}${scanned}`);
  await host.kill();
  await page.getByRole('button', { name: 'Ask to be let in' }).click();
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await expect(page.getByTestId('pairing-code')).toHaveValue('BCDF-GHJK');
});

test('a device that is revoked is back at the pairing page within two seconds, and is told why', async ({
  startHost,
  page,
}) => {
  const host = await startHost();
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  await expect.poll(() => viewer.figure('cpu-total')).toBeGreaterThanOrEqual(0);
  await host.revokeAll();
  await expect(viewer.pairing).toBeVisible({ timeout: 2_000 });
  await expect(page.getByTestId('pairing-reason')).toContainText(
    'The host’s user has ended this device’s access.',
  );
  await page.reload();
  await expect(viewer.pairing).toBeVisible();
});
