import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { SyntheticHost, synthesizedWallMs } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ChartModel } from '../../models/chart.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { StillPage } from '../../models/still-page.ts';

const size = { cores: 6, interfaces: 3, disks: 3, services: 3, containers: 1, sensors: 4 };
const gib = 2 ** 30;

/** What memory reads at a second: a figure that says which second it was. */
function usedAt(second: number): number {
  return (10 + (second % 100) / 10) * gib;
}

/** The machine, with a memory whose readings are known. */
function sectionsAt(second: number): ReturnType<typeof createSections> {
  const sections = createSections(size, second);
  const { memory } = sections;
  if (memory?.status !== 'ok') throw new Error('The made-up machine has no memory.');
  const availableBytes = memory.data.totalBytes - usedAt(second);
  const data = { ...memory.data, availableBytes, freeBytes: availableBytes / 2, buffersBytes: 0 };
  return { ...sections, memory: { ...memory, data } };
}

async function readFigures(chart: ChartModel): Promise<{ time: string; lines: string[] }> {
  await expect(chart.readout).toBeVisible();
  const lines = await chart.readout.locator('.readout__line').allInnerTexts();
  return { time: await chart.readout.locator('strong').innerText(), lines };
}

/** A time as the page writes it. */
function timeOf(page: Page, second: number): Promise<string> {
  return page.evaluate(
    (wallMs) => new Date(wallMs).toLocaleTimeString(navigator.language, { timeStyle: 'medium' }),
    synthesizedWallMs(second),
  );
}

test('charts of a page share their time and crosshair, stand still when paused, and give picture, data and table', async ({
  host,
  page,
}) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 1280, height: 900 });
  const fake = await SyntheticHost.behind(page, sectionsAt);
  await page.goto(host.url);
  await expect(page.getByTestId('connection-state')).toHaveAttribute('data-phase', 'live');
  const navigation = new PageNavigation(page);
  await navigation.open('memory');
  await expect(page.getByTestId('card-shortage').getByTestId('chart')).toBeVisible();
  // In parts, as they would come: the page answers in between.
  for (let part = 0; part < 10; part++) {
    await fake.tick(40);
    await expect.poll(() => page.locator('#root').getAttribute('data-seq')).toBe(String((part + 1) * 40));
  }
  const memory = new ChartModel(page, page.getByTestId('card-memory'));
  const shortage = new ChartModel(page, page.getByTestId('card-shortage'));
  const state = page.getByTestId('chart-state');
  const toolbar = page.getByTestId('chart-toolbar');
  const keep = async (): Promise<void> => {
    await fake.tick();
    await expect(page.getByTestId('connection-state')).toHaveAttribute('data-phase', 'live');
  };

  await test.step('the window is chosen for all of them and remembered', async () => {
    await expect(page.locator('.chart-span').first()).toHaveText('last minute');
    await page.getByTestId('chart-window').getByRole('button', { name: '5 min', exact: true }).click();
    await expect(page.locator('.chart-span').first()).toHaveText('last 5 min');
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain('300000');
    await page.getByTestId('chart-window').getByRole('button', { name: '1 min', exact: true }).click();
  });

  await test.step('the crosshair is on every chart, with what was sent for that second', async () => {
    await page.getByTestId('chart-pause').click();
    await expect(toolbar).toHaveAttribute('data-mode', 'paused');
    const newest = fake.second;
    await memory.surface.focus();
    await page.keyboard.press('End');
    expect(await readFigures(memory)).toMatchObject({ time: await timeOf(page, newest) });
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('ArrowRight');
    const second = newest - 9;
    const { time, lines } = await readFigures(memory);
    expect(time).toBe(await timeOf(page, second));
    expect(lines[0]).toContain(`${(usedAt(second) / gib).toFixed(1)} GiB`);
    expect((await readFigures(shortage)).time).toBe(time);
    await expect(memory.surface).toHaveAttribute('aria-valuetext', new RegExp(`^${time}: .*GiB`));
    await page.keyboard.press('Home');
    expect((await readFigures(memory)).time).toBe(await timeOf(page, newest - 60));
    await page.keyboard.press('Escape');
    await expect(memory.readout).toBeHidden();
  });

  await test.step('paused charts stand still, say how far behind they are, and move nothing else', async () => {
    // From the toolbar's own edge, at one moment: the word on the connection beside it is another's, and moves it.
    const place = (): Promise<{ left: number; width: number }> =>
      toolbar.evaluate((element) => {
        const pause = element.querySelector('[data-testid="chart-pause"]')!.getBoundingClientRect();
        const left = pause.left - element.getBoundingClientRect().left;
        return { left: Math.round(left), width: Math.round(pause.width) };
      });
    const before = await place();
    const picture = await memory.picture();
    await fake.tick(12);
    await expect(state).toHaveText('Paused, 12 s behind');
    expect(await memory.picture()).toBe(picture);
    expect(await place()).toEqual(before);
    await page.getByTestId('chart-pause').click();
    await expect(state).toHaveText('');
    expect(await place()).toEqual(before);
    await expect.poll(() => memory.picture()).not.toBe(picture);
  });

  await test.step('dragging over one zooms them all; Escape goes back', async () => {
    await memory.drag(0.25, 0.5);
    await expect(toolbar).toHaveAttribute('data-mode', 'zoomed');
    const [from, to] = [fake.second - 45, fake.second - 30];
    const span = await page.locator('.chart-span').first().innerText();
    // A pixel more or less is a fraction of a second.
    expect([await timeOf(page, from - 1), await timeOf(page, from)]).toContain(span.split(' – ')[0]);
    expect([await timeOf(page, to - 1), await timeOf(page, to)]).toContain(span.split(' – ')[1]);
    await shortage.pointAt(0.5);
    const { time } = await readFigures(memory);
    expect((await readFigures(shortage)).time).toBe(time);
    await memory.surface.focus();
    await page.keyboard.press('Escape');
    await expect(toolbar).toHaveAttribute('data-mode', 'following');
    await page.mouse.move(5, 5);
    await expect(memory.readout).toBeHidden();
  });

  await test.step('data are what was sent, reading by reading', async () => {
    await keep();
    const [download] = await Promise.all([page.waitForEvent('download'), memory.choose('chart-save-data')]);
    expect(download.suggestedFilename()).toMatch(/^workbench_Memory_2026-01-06T\d\d-\d\d-\d\dZ\.csv$/);
    const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(header).toBe('Time (UTC),Used (B),Buffers (B),Cached (B)');
    expect(lines).toHaveLength(61);
    lines.forEach((line, at) => {
      const second = fake.second - 60 + at;
      const [time, used] = line.split(',');
      expect(time).toBe(new Date(synthesizedWallMs(second)).toISOString());
      expect(Number(used) / usedAt(second)).toBeCloseTo(1, 6);
    });
  });

  await test.step('the picture is whole, and twice as large as the chart', async () => {
    await keep();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      memory.choose('chart-save-picture'),
    ]);
    const png = await readFile(await download.path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const width = (await memory.surface.boundingBox())!.width;
    expect(png.readUInt32BE(16)).toBe(2 * (Math.max(640, Math.floor(width)) + 40));
    const colors = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const seen = new Set<number>();
      for (let at = 0; at < data.length; at += 4)
        seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
      return seen.size;
    }, png.toString('base64'));
    expect(colors).toBeGreaterThan(20);
  });

  await test.step('both are copied, too', async () => {
    await keep();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await memory.choose('chart-copy-data');
    await expect(memory.root.getByTestId('chart-note')).toHaveText(/copied/i);
    const data = await page.evaluate(() => navigator.clipboard.readText());
    expect(data.split(/\r?\n/)[0]).toBe('Time (UTC),Used (B),Buffers (B),Cached (B)');
    await memory.choose('chart-copy-picture');
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const [item] = await navigator.clipboard.read();
          return item!.types.includes('image/png') ? (await item!.getType('image/png')).size : 0;
        }),
      )
      .toBeGreaterThan(5_000);
  });

  await test.step('a key opens the table, with the readings newest first; words tell the course', async () => {
    await keep();
    await memory.surface.focus();
    const words = `Used: now ${(usedAt(fake.second) / gib).toFixed(1)} GiB`;
    await expect(memory.root.getByTestId('chart-words')).toContainText(words);
    await page.keyboard.press('t');
    const rows = page.getByTestId('chart-table').getByTestId('chart-row');
    await expect(rows.first()).toContainText(await timeOf(page, fake.second));
    await expect(rows.first()).toContainText(`${(usedAt(fake.second) / gib).toFixed(1)} GiB`);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('chart-table')).toBeHidden();
  });

  await test.step('cores beside one another are hidden and shown alone', async () => {
    await keep();
    await navigation.open('processor');
    await fake.tick(30);
    const card = page.getByTestId('card-cores-chart');
    const chart = new ChartModel(page, card);
    const entry = (id: number) => card.getByTestId('picker-entry').nth(id);
    await expect(entry(5)).toHaveAttribute('aria-pressed', 'true');
    await entry(2).click();
    await expect(entry(2)).toHaveAttribute('aria-pressed', 'false');
    await chart.surface.focus();
    await page.mouse.move(5, 5);
    await page.keyboard.press('End');
    expect((await readFigures(chart)).lines.map((line) => line.split('\n')[0])).toEqual([
      'Core 0', 'Core 1', 'Core 3', 'Core 4', 'Core 5',
    ]); // prettier-ignore
    await entry(4).click({ modifiers: ['Shift'] });
    await expect(entry(3)).toHaveAttribute('aria-pressed', 'false');
    await expect(entry(4)).toHaveAttribute('aria-pressed', 'true');
    await card.getByTestId('picker-all').click();
    await expect(entry(2)).toHaveAttribute('aria-pressed', 'true');
  });
});

test('what was drawn second by second is what is drawn anew from the same readings, in every chart', async ({
  host,
  page,
}) => {
  // All charts of a page are on the screen.
  await page.setViewportSize({ width: 1280, height: 2_400 });
  const fake = await SyntheticHost.behind(page, sectionsAt);
  const still = await StillPage.open(page, fake, host.url);
  const navigation = new PageNavigation(page);
  const pictures = (): Promise<string[]> =>
    page
      .locator('canvas.chart__plot, canvas.sparkline')
      .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
  for (const name of ['overview', 'processor', 'memory', 'disks', 'network', 'sensors']) {
    await page.evaluate((hash) => (location.hash = hash), name);
    await navigation.expectShown(name);
    for (let second = 0; second < 12; second++) await still.live(1);
    const moved = await pictures();
    expect(moved.length, name).toBeGreaterThan(1);
    await page.emulateMedia({ colorScheme: 'dark' });
    await still.settle();
    expect(await pictures(), name).not.toEqual(moved);
    await page.emulateMedia({ colorScheme: 'light' });
    await still.settle();
    const anew = await pictures();
    expect(
      anew.map((picture, at) => (picture === moved[at] ? 'same' : `another: ${at} of ${anew.length}`)),
      name,
    ).toEqual(anew.map(() => 'same'));
  }
});
