import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { buildSite } from '../../../scripts/lib/site/build-site.mjs';

const address = 'http://guides.test/';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

let folder = '';

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-site-'));
  await buildSite(folder);
});

test.afterAll(() => rm(folder, { recursive: true }));

/** Opens a page of the site. Returns what the browser complains of, and what it asks for that lies elsewhere. */
async function openSite(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.route('**', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (`${origin}/` !== address) complaints.push(route.request().url());
    const contentType = types[extname(pathname)] ?? 'text/plain';
    await route.fulfill({ body: await readFile(join(folder, pathname)), contentType });
  });
  await page.goto(address + path);
  return complaints;
}

test('the guides are searched by keys, and what is found is opened', async ({ page }) => {
  const complaints = await openSite(page, 'index.html');
  await page.keyboard.press('/');
  const search = page.getByRole('combobox', { name: 'Search the guides' });
  await expect(search).toBeFocused();

  await search.pressSequentially('fingerprint');
  const found = page.getByRole('option');
  await expect(found.first()).toHaveAttribute('aria-selected', 'true');
  await expect(found.first().locator('mark').first()).toHaveText(/fingerprint/i);
  await expect(found.filter({ hasText: 'User guide › Let a phone in' })).toBeVisible();

  await search.fill('let a phone in');
  await expect(found.first()).toContainText('User guide › Let a phone in');
  await page.keyboard.press('ArrowDown');
  await expect(found.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${address}user-guide.html#let-a-phone-in`);
  await expect(page.getByRole('heading', { name: 'Let a phone in' })).toBeInViewport();

  await page.keyboard.press('/');
  await search.fill('zzzz');
  await expect(page.getByRole('status')).toHaveText('Nothing is found for “zzzz”.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  expect(complaints).toEqual([]);
});

test('the theme that was chosen holds on the next page', async ({ page }) => {
  await openSite(page, 'index.html');
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Theme: System. Change it' }).click();
  await page.getByRole('button', { name: 'Theme: Light. Change it' }).click();
  expect(await ground()).not.toBe(light);
  const dark = await ground();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Security' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Security');
  expect(await ground()).toBe(dark);
});

for (const width of [360, 1280])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`every kind of page is whole and in reach at ${width} px, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const complaints = await openSite(page, 'index.html');
      for (const path of ['index.html', 'security.html', 'api.html', 'protocol/metrics.html']) {
        await page.goto(address + path);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([path, overflow]).toEqual([path, 0]);
        // Every kind of content once: it takes a second a page.
        if (width === 1280 || !['index.html', 'api.html'].includes(path)) continue;
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []]);
      }
      const pages = page.getByText('All pages');
      if (width < 960) await pages.click();
      else await expect(pages).toBeHidden();
      await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
      expect(complaints).toEqual([]);
    });
