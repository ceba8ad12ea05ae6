import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { buildGallery } from '../../../scripts/lib/gallery.mjs';
import { derivePagePolicy } from '../../../src/node/server/static-files.ts';

const componentFolder = join(import.meta.dirname, '../../../src/renderer/design/components');
/** What holds the others, and shows nothing. */
const unseen = ['design-root'];
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const address = 'http://gallery.test/';

let folder = '';

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-gallery-'));
  await buildGallery(folder);
});

test.afterAll(() => rm(folder, { recursive: true }));

/** Opens the built page under the policy that the viewer page has. Returns what it complains of. */
async function openGallery(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.route(`${address}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const headers = { 'Content-Security-Policy': derivePagePolicy('gallery.test') };
    const contentType = types[extname(pathname)] ?? 'text/plain';
    await route.fulfill({ body: await readFile(join(folder, pathname)), contentType, headers });
  });
  await page.goto(`${address}gallery.html`);
  await expect(page.locator('[data-entry]').first()).toBeVisible();
  return complaints;
}

test('the gallery shows every component, in looks and languages in which none is out of reach', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  const complaints = await openGallery(page);

  await test.step('every file of the folder has an entry', async () => {
    const shown = await page
      .locator('[data-entry]')
      .evaluateAll((found) => found.map((entry) => entry.getAttribute('data-entry')));
    const files = readdirSync(componentFolder)
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => name.slice(0, -'.tsx'.length));
    expect(files.filter((name) => !unseen.includes(name) && !shown.includes(name))).toEqual([]);
  });

  for (const contrast of ['no-preference', 'more'] as const) {
    await test.step(`no violation of accessibility with contrast ${contrast}, in both schemes`, async () => {
      await page.emulateMedia({ contrast, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
        ),
      ).toEqual([]);
    });
  }

  await test.step('every control is a target of 24 px and more, in either density', async () => {
    for (const density of ['Comfortable', 'Compact']) {
      await page.getByTestId('theme-toggle').click();
      await page.getByTestId('look-density').getByRole('button', { name: density }).click();
      await page.keyboard.press('Escape');
      const small = await page.locator('[data-entry] :is(button, [role=combobox])').evaluateAll((found) =>
        found.flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          // A heading that sorts stands in a line of text.
          return element.matches('.sort') || (width >= 24 && height >= 24) ? [] : [element.outerHTML];
        }),
      );
      expect(small).toEqual([]);
    }
  });

  await test.step('nothing moves for whom motion disturbs', async () => {
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
  });

  await test.step('what comes up is closed by Escape, and the focus goes back', async () => {
    const pane = page.locator('.gallery__pane--light');
    for (const [name, role] of [
      ['Menu', 'menu'],
      ['Dialog', 'dialog'],
      ['Popover', 'dialog'],
    ] as const) {
      const trigger = pane.getByRole('button', { name, exact: true });
      await trigger.focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole(role)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole(role)).toHaveCount(0);
      await expect(trigger).toBeFocused();
    }
  });

  expect(complaints).toEqual([]);
});
