import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { replayWorkbench } from '../../fixtures/replayed-machine.ts';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { StillPage } from '../../models/still-page.ts';

/** A phone, a tablet held upright, a small laptop, and a screen on a desk. */
const phone = { width: 360, height: 780 };
const tablet = { width: 768, height: 1024 };
const laptop = { width: 1280, height: 800 };
const desk = { width: 1920, height: 1080 };
const every = [phone, tablet, laptop, desk];

/** What may be done, so that what does it is in the picture. */
const methods = [
  'process.inspect', 'process.signal', 'process.renice', 'pairing.open', 'pairing.confirm', 'pairing.refuse',
  'device.change', 'device.revoke', 'session.close', 'sharing.set',
]; // prettier-ignore

/** So many seconds of the recording are played first; the last of them were a build, a rest, and packing. */
const playedSeconds = 340;

async function openStill(page: Page, url: string): Promise<StillPage> {
  const firstSecond = 1_000 - playedSeconds;
  const fake = await SyntheticHost.behind(page, await replayWorkbench(firstSecond));
  fake.methods = Object.fromEntries(methods.map((method) => [method, () => null]));
  fake.second = firstSecond;
  const still = await StillPage.open(page, fake, url);
  await still.live(playedSeconds);
  return still;
}

/** Compares what is shown with the pictures in both themes. All differences of a test are told, not the first alone. */
async function comparePictures(page: Page, name: string, settle: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await settle();
    await expect.soft(page).toHaveScreenshot(`${name}-${colorScheme}.png`);
  }
}

test('the pages look as in their pictures, in both themes, from a phone to a desk', async ({
  host,
  page,
}) => {
  test.setTimeout(240_000);
  const still = await openStill(page, host.url);
  const navigation = new PageNavigation(page);
  for (const name of await navigation.names()) {
    await page.evaluate((hash) => (location.hash = hash), name);
    await navigation.expectShown(name);
    // What is asked for on this page alone is read twice, for its rates.
    await still.live(2);
    for (const size of every) {
      await page.setViewportSize(size);
      await comparePictures(page, `${name}-${size.width}`, () => still.settle());
    }
  }
});

test('the quick view looks as in its pictures', async ({ host, page }) => {
  await page.setViewportSize({ width: 360, height: 560 });
  // The app's own window, which a host does not serve: here it is a viewer like any other.
  const path = join(import.meta.dirname, '..', '..', '..', 'out', 'renderer', 'quick.html');
  await page.route('**/quick.html', (route) => route.fulfill({ path }));
  const still = await openStill(page, new URL('quick.html', host.url).href);
  await comparePictures(page, 'quick-view', () => still.settle());
});

test('the page on which a viewer is paired looks as in its pictures', async ({ host, page }) => {
  await page.goto(host.url);
  await expect(page.getByTestId('pairing-code')).toBeVisible();
  // The host has another port each time.
  await page.getByTestId('pairing-host').evaluate((address) => (address.textContent = '127.0.0.1:9740'));
  for (const size of [phone, laptop]) {
    await page.setViewportSize(size);
    await comparePictures(page, `pairing-${size.width}`, () => page.evaluate(() => document.fonts.ready.then(() => undefined))); // prettier-ignore
  }
});
