import { createSections } from '../../fixtures/synthetic-machine.ts';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 5, containers: 1, sensors: 4 };

test('in a browser the tour is shorter, is seen once, and settings are those of the view alone', async ({
  host,
  page,
}) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem('begun') === null) localStorage.removeItem('pulsewire.preferences');
    sessionStorage.setItem('begun', 'yes');
  });
  await SyntheticHost.behind(page, (second) => createSections(small, second), ['cpu', 'memory']);
  await page.goto(host.url);
  for (const step of ['overview', 'busy', 'keys']) {
    await expect(page.getByTestId('tour')).toHaveAttribute('data-step', step);
    await page.getByTestId('tour-next').click();
  }
  await expect(page.getByTestId('tour')).toHaveCount(0);
  await page.reload();

  await new PageNavigation(page).open('settings');
  await expect(page.getByTestId('tour')).toHaveCount(0);
  await expect(page.getByTestId('settings-scope')).toContainText('browser');
  await expect(page.getByTestId('settings-appearance')).toBeVisible();
  for (const absent of ['general', 'sampling', 'sharing', 'data']) {
    await expect(page.getByTestId(`settings-${absent}`)).toHaveCount(0);
  }
  await page.getByTestId('choose-view.theme').getByText('Dark').click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByTestId('reset-view.theme').click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');

  await page.getByTestId('tour-again').click();
  await expect(page.getByTestId('tour')).toBeVisible();
});
