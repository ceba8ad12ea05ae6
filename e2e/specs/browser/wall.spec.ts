import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 12, containers: 4, sensors: 6 };

interface Manifest {
  readonly start_url: string;
  readonly display: string;
  readonly icons: readonly { src: string; sizes: string; purpose?: string }[];
}

test('the page can be installed, and on a wall it stays awake, moves, turns and says when it is stale', async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.addInitScript(() => {
    const asked: string[] = [];
    const request = async (type: string): Promise<object> => {
      asked.push(type);
      return { released: false, release: async () => undefined };
    };
    Object.assign(window, { wakeLocksAsked: asked });
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  await page.clock.install();
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(`${host.url}#overview`);
  await expect(page.getByTestId('overview')).toBeVisible();

  await test.step('its manifest is linked, and all that it names is served', async () => {
    const address = await page.locator('link[rel="manifest"]').getAttribute('href');
    const url = new URL(address!, host.url);
    const answer = await page.request.get(url.href);
    expect(answer.headers()['content-type']).toContain('application/manifest+json');
    const manifest = (await answer.json()) as Manifest;
    expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
    expect(manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual(
      expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
    );
    for (const { src, sizes } of manifest.icons) {
      const edge = await page.evaluate(async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, new URL(src, url).href);
      expect(edge).toBe(sizes);
    }
  });

  const picture = page.getByTestId('kiosk-picture');
  await test.step('a button leads to the wall screen', async () => {
    await page.getByTestId('theme-toggle').click();
    await page.getByTestId('enter-kiosk').click();
    await expect(picture).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(picture).toHaveCount(0);
    await expect(page.getByTestId('overview')).toBeVisible();
    await page.evaluate(() => {
      (window as unknown as { wakeLocksAsked: string[] }).wakeLocksAsked.length = 0;
    });
  });

  await test.step('keys lead to the wall screen, which asks for the screen to stay awake', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await expect(picture).toBeVisible();
    await fake.tick(3);
    await expect(page.locator('nav')).toHaveCount(0);
    expect(
      await page.evaluate(() => (window as unknown as { wakeLocksAsked: string[] }).wakeLocksAsked),
    ).toEqual(['screen']);
    await expect(page.getByTestId('kiosk')).toHaveAttribute('data-wake-lock', 'held');
    // Few and large, as long as nobody has arranged the overview.
    await expect(picture.getByTestId('tile-memory')).toHaveAttribute('data-size', 'large');
    await expect(picture.getByTestId('tile-filesystem')).toHaveCount(0);
    const body = picture.locator('.kiosk__body');
    expect(await body.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThan(8);
    await page.screenshot({ path: test.info().outputPath('wall.png') });
  });

  await test.step('it moves by a pixel a minute, and shows the chosen pages in turn', async () => {
    const before = await picture.evaluate((element) => element.style.transform);
    await page.getByTestId('kiosk-bar').getByRole('button', { name: 'Memory' }).click();
    await page.getByTestId('kiosk-turn').click();
    await page.getByRole('option', { name: '30 s' }).click();
    await expect(picture).toHaveAttribute('data-page', 'overview');
    await page.clock.runFor(31_000);
    await expect(picture).toHaveAttribute('data-page', 'memory');
    await page.clock.runFor(31_000);
    await expect(picture).toHaveAttribute('data-page', 'overview');
    const after = await picture.evaluate((element) => element.style.transform);
    expect([before, after]).toEqual([
      'translate(0px, 0px)',
      expect.stringMatching(/^translate\(-?1px, 0px\)$/),
    ]);
  });

  await test.step('it says large that the connection is gone, and comes back by itself', async () => {
    await fake.setReachable(false);
    await expect(page.getByTestId('kiosk-notice')).toContainText('workbench');
    await page.clock.runFor(1_000);
    await page.screenshot({ path: test.info().outputPath('wall-stale.png') });
    await fake.setReachable(true);
    await expect(async () => {
      await page.clock.runFor(2_500);
      await fake.tick();
      await expect(page.getByTestId('kiosk-notice')).toHaveCount(0, { timeout: 300 });
    }).toPass();
  });

  await test.step('Escape leads back to the page that it was entered from', async () => {
    await page.getByTestId('kiosk-leave').focus();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('dashboard')).toHaveAttribute('data-page', 'overview');
    expect(new URL(page.url()).hash).toBe('#overview');
  });
});
