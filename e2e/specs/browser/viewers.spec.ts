import { type Locator, type Page } from '@playwright/test';
import { MonitorError } from '../../../src/shared/lifecycle/monitor-error.ts';
import { SharedHost } from '../../fixtures/shared-host.ts';
import { expect, test } from '../../fixtures/test.ts';

async function openViewers(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#viewers`);
  await expect(page.getByTestId('card-devices')).toHaveAttribute('data-status', 'ok');
  await expect(page.getByTestId('card-connections')).toHaveAttribute('data-status', 'ok');
}

const device = (page: Page, id: string): Locator =>
  page.locator(`[data-testid="device-row"][data-name="${id}"]`);

test('devices are listed with what they may see, whether they are here, and when they end', async ({
  host,
  page,
}) => {
  await SharedHost.behind(page);
  await openViewers(page, host.url);
  await expect(page.getByRole('list', { name: 'Paired devices' }).getByRole('listitem')).toHaveCount(4);
  await expect(device(page, 'd1')).toContainText('Vitals');
  await expect(device(page, 'd1')).toContainText('2 connections');
  await expect(device(page, 'd3')).toContainText('guest');
  await expect(device(page, 'd3').getByTestId('device-end')).toHaveText('ends in 17 min 0 s');
  await expect(device(page, 'd4')).toContainText('\\u{202e}gpj.exe');
  await expect(page.locator('main img')).toHaveCount(0);
});

test('by keys alone a device is renamed, given another scope and made a guest, in one request', async ({
  host,
  page,
}) => {
  const shared = await SharedHost.behind(page);
  await openViewers(page, host.url);
  await page.getByRole('button', { name: 'Change Pixel 8, Chrome' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Change “Pixel 8, Chrome”' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Change' })).toBeDisabled();

  await dialog.getByRole('textbox', { name: 'Name of the device' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('My phone');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('radio', { name: /^Actions/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: /^Process names/ })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(shared.callsOf('device.change')).toEqual([
    { id: 'd2', name: 'My phone', scope: 'view', guestMs: 1_800_000 },
  ]);
  await expect(page.getByRole('button', { name: 'Change Pixel 8, Chrome' })).toBeFocused();
});

test('revoking asks once more; Escape leaves it, and a refusal says why', async ({ host, page }) => {
  const shared = await SharedHost.behind(page);
  await openViewers(page, host.url);
  const revoke = page.getByRole('button', { name: 'Revoke Visitor' });
  await revoke.click();
  const dialog = page.getByRole('dialog', { name: 'Revoke “Visitor”?' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(revoke).toBeFocused();
  expect(shared.asked).toEqual([]);

  await revoke.click();
  shared.answer = () => {
    throw new MonitorError('forbidden', 'That device is the last administrator.');
  };
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Refused: That device is the last administrator.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  shared.answer = () => null;
  await revoke.click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog).toHaveCount(0);
  expect(shared.callsOf('device.revoke')).toEqual([{ id: 'd3' }, { id: 'd3' }]);
});

test('a connection is shown closely with its transitions, and is disconnected', async ({ host, page }) => {
  const shared = await SharedHost.behind(page);
  await openViewers(page, host.url);
  const details = page.getByTestId('connection-details');
  await expect(details).toHaveAttribute('data-name', 'run.1');
  await expect(details).toContainText('this page');
  // A window of the host is closed there and not from here.
  await expect(details.getByRole('button', { name: 'Disconnect' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Kitchen tablet', exact: true }).click();
  await expect(details).toHaveAttribute('data-name', 'run.2');
  await expect(details.getByTestId('round-trip')).toHaveAttribute('data-value', '3.4');
  await expect(details.getByTestId('dropped')).toHaveAttribute('data-value', '0');
  await expect(details).toContainText('compact');
  await expect(details.getByTestId('transitions')).toBeHidden();
  await details.getByText('State live').click();
  await expect(details.getByTestId('transitions').getByRole('listitem')).toHaveText([
    /greeting.*opened/,
    /live.*welcomed/,
  ]);
  await details.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(shared.callsOf('client.disconnect')).toEqual([{ id: 'run.2' }]);
});

test('of those that went it is told why, and that nothing of them was left', async ({ host, page }) => {
  await SharedHost.behind(page);
  await openViewers(page, host.url);
  const rows = page.getByTestId('closed-row');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('Its token was revoked.');
  await expect(rows.first()).toContainText('tasks left: 0');
});

test('who may change nothing has no buttons for it', async ({ host, page }) => {
  await SharedHost.behind(page, []);
  await openViewers(page, host.url);
  await expect(device(page, 'd1')).toBeVisible();
  for (const name of [/^Change/, /^Revoke/, /^Disconnect/]) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
});
