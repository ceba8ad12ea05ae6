import type { Page } from '@playwright/test';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { ProcessesPage } from '../../models/processes-page.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 12, containers: 4, sensors: 6 };

/** Presses keys one after the other: `g p`. */
async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key);
}

test('pages, the palette and the list of keys are reached by keys, and text is typed undisturbed', async ({
  host,
  page,
}) => {
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  const navigation = new PageNavigation(page);
  const processes = new ProcessesPage(page);
  const palette = page.getByTestId('palette');
  const choices = page.getByTestId('palette-choice');
  const names = await navigation.names();
  await fake.tick(2);

  await test.step('numbers switch pages, and so does g with a letter', async () => {
    for (const [at, name] of names.slice(0, 10).entries()) {
      await page.keyboard.press(String((at + 1) % 10));
      await navigation.expectShown(name);
    }
    await press(page, 'g w');
    await navigation.expectShown('cost');
    await press(page, 'g p');
    await navigation.expectShown('processes');
  });

  await test.step('/ filters, and what is typed there is text', async () => {
    await fake.tick(2);
    await expect(processes.rows.first()).toBeVisible();
    await page.keyboard.press('/');
    await expect(processes.filter).toBeFocused();
    await page.keyboard.type('g 1 ? /');
    await expect(processes.filter).toHaveValue('g 1 ? /');
    await navigation.expectShown('processes');
    await page.keyboard.press('Escape');
    await expect(processes.filter).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(processes.filter).not.toBeFocused();
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await navigation.expectShown('services');
    const services = page.getByTestId('service-row');
    await expect(services.first()).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type('unit-7');
    await expect(services).toHaveCount(1);
  });

  await test.step('the palette finds pages and processes, and does what was chosen', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByTestId('palette-field')).toBeFocused();
    await page.keyboard.type('postgr 3');
    await expect(choices.first()).toHaveAttribute('data-name', 'processes/3@100');
    await page.keyboard.press('Enter');
    await navigation.expectShown('processes');
    await expect(palette).toHaveCount(0);
    await expect(processes.details).toHaveAttribute('data-key', '3@100');
    await page.keyboard.press('Escape');
    await expect(processes.details).toHaveCount(0);

    await page.keyboard.press('Control+k');
    await expect(choices.first()).toHaveAttribute('data-name', 'recent/processes/3@100');
    await page.keyboard.type('sens');
    await page.keyboard.press('Enter');
    await navigation.expectShown('sensors');
  });

  await test.step('the table of processes is arranged by keys, and found again as it was left', async () => {
    await press(page, 'g p');
    await navigation.expectShown('processes');
    await fake.tick(2);
    // The table has keys once it is there.
    await expect(processes.grid).toBeVisible();
    await press(page, 's n');
    await expect(page.locator('[aria-sort=ascending]')).toHaveText('Name');
    await press(page, 'v t');
    await expect(processes.grid).toHaveAttribute('role', 'treegrid');
    await page.getByTestId('column-choice').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('column-user').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('sort-user')).toHaveCount(0);
    await press(page, 'g m');
    await press(page, 'g p');
    await expect(processes.grid).toHaveAttribute('role', 'treegrid');
    await expect(page.locator('[aria-sort=ascending]')).toHaveText('Name');
    await expect(page.getByTestId('sort-user')).toHaveCount(0);
    await press(page, 'v l');
    await press(page, 's c');
    await press(page, 'g s');
  });

  await test.step('? lists every key, and Escape closes it', async () => {
    await page.keyboard.press('?');
    const lines = page.getByTestId('key-line');
    await expect(page.locator('[data-testid="key-line"][data-name="pages.sensors"]')).toContainText('gs');
    await page.keyboard.type('overview');
    await expect(lines).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('key-sheet')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await navigation.expectShown('overview');
  });

  await test.step('keys of one character can be switched off, and Ctrl+K stays', async () => {
    await page.keyboard.press('?');
    await page.getByTestId('character-keys').uncheck();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('key-sheet')).toHaveCount(0);
    await page.keyboard.press('6');
    await press(page, 'g p');
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await expect(palette).toBeVisible();
    await expect(page.getByTestId('key-sheet')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await navigation.expectShown('overview');
  });
  expect(viewer.complaints).toEqual([]);
});
