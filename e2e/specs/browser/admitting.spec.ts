import type { Page } from '@playwright/test';
import { MonitorError } from '../../../src/shared/lifecycle/monitor-error.ts';
import type { AccessRaw } from '../../../src/shared/series/raw/access.ts';
import { SharedHost } from '../../fixtures/shared-host.ts';
import { createRequest } from '../../fixtures/synthetic-access.ts';
import { hostileName } from '../../fixtures/synthetic-host.ts';
import { expect, test } from '../../fixtures/test.ts';

type Request = AccessRaw['pairing']['requests'][number];

/** The page of memory, where nobody thinks of devices. */
async function openAnyPage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#memory`);
  await expect(page.getByTestId('card-memory')).toHaveAttribute('data-status', 'ok');
}

async function ask(shared: SharedHost, ...requests: Request[]): Promise<void> {
  await shared.show((access) => ({ pairing: { ...access.pairing, requests } }));
}

test('a device that asks comes up on any page, with its number, and is let in under a name and a scope', async ({
  host,
  page,
}) => {
  const shared = await SharedHost.behind(page);
  await openAnyPage(page, host.url);
  await ask(shared, createRequest());
  const dialog = page.getByRole('dialog', { name: '“Pixel 8, Chrome” asks to watch this machine' });
  await expect(dialog.getByTestId('admit-key')).toHaveText('048 213');
  await expect(dialog.getByTestId('admit-address')).toHaveText('192.168.1.33');
  await expect(dialog.getByTestId('admit-left')).toContainText('1:56');
  await expect(dialog.getByRole('radio', { name: /^Process names/ })).toBeChecked();

  await dialog.getByRole('textbox', { name: 'Name of the device' }).fill('My phone');
  await dialog.getByRole('radio', { name: /^Vitals/ }).check();
  await dialog.getByRole('checkbox', { name: /^Guest for 30 minutes/ }).check();
  await dialog.getByRole('button', { name: 'Allow' }).click();
  await expect(dialog).toHaveCount(0);
  expect(shared.callsOf('pairing.answer')).toEqual([
    { requestId: 'request.1', accept: true, name: 'My phone', scope: 'vitals', guestMs: 1_800_000 },
  ]);
  // The host has not said yet that it is over: it is not asked about again.
  await shared.synthetic.tick();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('no key that was meant for something else lets a device in, and Escape only puts it off', async ({
  host,
  page,
}) => {
  const shared = await SharedHost.behind(page);
  await openAnyPage(page, host.url);
  await ask(shared, createRequest());
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toBeFocused();
  await page.keyboard.type('htop ');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox').focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(shared.asked).toEqual([]);

  await expect(page.getByTestId('asking')).toContainText('“Pixel 8, Chrome” waits to be let in.');
  await page.getByRole('button', { name: 'Answer' }).click();
  await dialog.getByRole('button', { name: 'Refuse' }).click();
  await expect(dialog).toHaveCount(0);
  expect(shared.callsOf('pairing.answer')).toEqual([{ requestId: 'request.1', accept: false }]);
  await expect(page.getByTestId('asking')).toHaveCount(0);
});

test('a click that was on its way when it came up lets nobody in', async ({ host, page }) => {
  const shared = await SharedHost.behind(page);
  await openAnyPage(page, host.url);
  await page.clock.install();
  await ask(shared, createRequest());
  const allow = page.getByRole('button', { name: 'Allow' });
  await expect(allow).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Refuse' })).toBeEnabled();
  await page.clock.runFor(1_000);
  await expect(allow).toBeEnabled();
});

test('several are asked about one after the other, and one that gives up says so', async ({ host, page }) => {
  const shared = await SharedHost.behind(page);
  await openAnyPage(page, host.url);
  const [first, second] = [createRequest(), createRequest({ id: 'request.2', name: hostileName, key: null })];
  await ask(shared, first, second);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 more waits');
  await ask(shared, second);
  await expect(dialog).toContainText('It does not wait any longer.');
  await expect(dialog.getByRole('button', { name: /Allow|Refuse/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).click();

  await expect(dialog).toHaveAttribute('data-name', 'request.2');
  await expect(dialog.getByTestId('admit-no-key')).toBeVisible();
  await expect(dialog.getByRole('heading')).toContainText('\\u{202e}gpj.exe');
  await expect(page.locator('img')).toHaveCount(0);
  shared.answer = () => {
    throw new MonitorError('invalidState', 'That device does not wait any longer.');
  };
  await dialog.getByRole('button', { name: 'Allow' }).click();
  await expect(dialog.getByRole('alert')).toContainText('does not wait any longer');
});

test('who may not let devices in is not asked', async ({ host, page }) => {
  const shared = await SharedHost.behind(page, []);
  await openAnyPage(page, host.url);
  await ask(shared, createRequest());
  await page.getByTestId('view-sharing').click();
  await expect(page.getByTestId('pairing-live-code')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
