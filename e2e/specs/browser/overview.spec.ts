import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Sections } from '../../../src/shared/series/sample.ts';
import { topics } from '../../../src/shared/series/raw.ts';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { OverviewPage } from '../../models/overview-page.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

const workstation = {
  cores: 64,
  interfaces: 12,
  disks: 9,
  services: 5,
  containers: 2,
  sensors: 40,
  processes: 400,
};
const virtual = { cores: 2, interfaces: 1, disks: 1, services: 5, containers: 0, sensors: 0, processes: 60 };

/** From `second` on a process of two threads keeps both cores of a small machine busy. */
function busyFrom(second: number): (now: number) => Sections {
  return (now) => {
    const sections = createSections(virtual, now);
    const worked = Math.max(0, now - second);
    const { cpu, process } = sections;
    if (cpu?.status !== 'ok' || process?.status !== 'ok') throw new Error('It reads both.');
    const { total } = cpu.data;
    const times = { ...total, user: worked * 200, system: 0, iowait: 0, idle: (now - worked) * 200 };
    const { cpuTicks, pid, name } = process.data;
    return {
      ...sections,
      gpu: { status: 'unsupported', message: 'There is none.' },
      cpu: { ...cpu, data: { ...cpu.data, total: times } },
      process: {
        ...process,
        data: {
          ...process.data,
          name: name.map((each, at) => (pid[at] === 47 ? 'stress-ng' : each)),
          cpuTicks: cpuTicks.map((each, at) => (pid[at] === 47 ? worked * 190 : each)),
        },
      },
    };
  };
}

async function fitsScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.scrollingElement!;
    return scrollHeight <= innerHeight && scrollWidth <= innerWidth;
  });
}

test('the first screen says what is busy, since when and which process it is, without scrolling', async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const fake = await SyntheticHost.behind(page, (second) => createSections(workstation, second));
  const overview = new OverviewPage(page);
  await page.goto(host.url);
  await expect(overview.tile('sensor')).toBeVisible();
  await fake.tick(5);

  await test.step('of a large machine all is in sight, whole, with its figure and its range', async () => {
    expect(await overview.tiles()).toEqual([
      'processor', 'process', 'memory', 'disk', 'network', 'filesystem', 'sensor', 'gpu', 'pressure', 'cost',
    ]); // prettier-ignore
    expect(await fitsScreen(page)).toBe(true);
    for (const tile of await overview.tiles()) await expect(overview.tile(tile)).toBeInViewport({ ratio: 1 });
    await expect(overview.tile('processor').getByTestId('range')).toHaveText(/^\d+ – \d+ %$/);
    await expect(page.getByTestId('cores')).toHaveAttribute('data-count', '64');
    expect(await page.getByTestId('busy-row').count()).toBeGreaterThanOrEqual(5);
  });

  await test.step('each title leads to its page', async () => {
    const navigation = new PageNavigation(page);
    for (const [tile, name] of [['memory', 'memory'], ['disk', 'disks'], ['process', 'processes'], ['sensor', 'sensors']]) {
      await overview.tile(tile!).getByRole('heading').getByRole('link').click();
      await navigation.expectShown(name!);
      await navigation.open('overview');
    } // prettier-ignore
  });

  await test.step('nothing is busy; then the processor is, and the line names the process and the time', async () => {
    fake.sections = busyFrom(fake.second + 3);
    fake.discontinuity = 'clockStepped';
    await fake.tick(3);
    await expect(overview.strip).toHaveAttribute('data-state', 'quiet');
    await fake.tick(90);
    await expect(overview.strip).toHaveAttribute('data-state', 'busy');
    await expect(overview.strip.getByTestId('busy-subject').first()).toContainText('Processor 100 %');
    await expect(overview.strip.getByTestId('busy-since').first()).toHaveText(/^for 1 min, since \d/);
    await expect(overview.strip.getByTestId('busy-process')).toHaveText('mostly stress-ng (pid 47)');
    await expect(overview.strip.getByTestId('busy-subject').first()).toContainText('190 % of a core');
    const row = page.getByTestId('busy-row').first();
    await expect(row).toContainText(/stress-ng.*190 %.*since/);
    await overview.strip.getByTestId('busy-process').click();
    await new PageNavigation(page).expectShown('processes');
  });
});

test('a host without sensors and graphics, to a viewer that may see no process, has no dead tile', async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const granted = topics.filter((topic) => !['process', 'gpu', 'access', 'diagnostics'].includes(topic));
  const bare = (second: number): Sections => {
    const sections = createSections(virtual, second);
    const none = { status: 'unsupported', message: 'There is no battery.' } as const;
    return { ...sections, power: none };
  };
  const fake = await SyntheticHost.behind(page, bare, granted);
  await page.goto(host.url);
  const overview = new OverviewPage(page);
  await expect(overview.tile('memory')).toBeVisible();
  await fake.tick(6);
  await expect(overview.strip).toHaveAttribute('data-state', 'quiet');
  expect(await overview.tiles()).toEqual(['processor', 'memory', 'disk', 'network', 'filesystem', 'pressure', 'cost']); // prettier-ignore
  expect(await fitsScreen(page)).toBe(true);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByTestId('tiles')).toHaveAttribute('data-units', '1');
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth <= innerWidth)).toBe(true);
});

test('tiles are arranged by keys alone, are there again after a reload, and travel as a file', async ({
  host,
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await SyntheticHost.behind(page, (second) => createSections(workstation, second));
  await page.goto(host.url);
  const overview = new OverviewPage(page);
  await expect(overview.tile('sensor')).toBeVisible();
  const first = await overview.tiles();

  await test.step('by keys: moved, pinned, resized, hidden', async () => {
    await page.keyboard.press('a');
    await expect(overview.handle('processor')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(overview.news).toHaveText('Processor is at place 2 of 10.');
    await expect(overview.handle('processor')).toBeFocused();
    await overview.handle('memory').focus();
    await page.keyboard.press('p');
    await expect(overview.news).toHaveText('Memory is pinned.');
    await page.keyboard.press('+');
    await expect(overview.news).toHaveText('Memory is medium.');
    await overview.handle('cost').focus();
    await page.keyboard.press('Delete');
    await expect(overview.news).toHaveText('Own cost is hidden.');
    await expect(overview.handle('pressure')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(overview.bar).toHaveCount(0);
    await expect(page.getByTestId('arrange')).toBeFocused();
  });
  const arranged = [
    'memory',
    'process',
    'processor',
    'disk',
    'network',
    'filesystem',
    'sensor',
    'gpu',
    'pressure',
  ];

  await test.step('remembered', async () => {
    expect(await overview.tiles()).toEqual(arranged);
    await page.reload();
    await expect(overview.tile('sensor')).toBeVisible();
    await expect.poll(() => overview.tiles()).toEqual(arranged);
    await expect(overview.tile('memory')).toHaveAttribute('data-size', 'medium');
  });

  await test.step('by pointer: dragged onto another, and back to how it came', async () => {
    await page.getByTestId('arrange').click();
    await overview.drag('gpu', 'process');
    await expect.poll(() => overview.tiles()).toEqual(['memory', 'gpu', 'process', ...arranged.slice(2).filter((tile) => tile !== 'gpu')]); // prettier-ignore
    await page.getByTestId('add-tile').click();
    await page.getByTestId('add-cost').click();
    await expect.poll(async () => (await overview.tiles()).at(-1)).toBe('cost');
  });

  await test.step('saved as a file, reset, and taken from the file again', async () => {
    const saved = page.waitForEvent('download');
    await page.getByTestId('export-layout').click();
    const path = testInfo.outputPath('layout.json');
    await (await saved).saveAs(path);
    const before = await overview.tiles();
    await page.getByTestId('reset-layout').click();
    await expect.poll(() => overview.tiles()).toEqual(first);
    const broken = join(testInfo.outputDir, 'broken.json');
    await writeFile(broken, (await readFile(path, 'utf8')).replace('"medium"', '"huge"'));
    await page.getByTestId('layout-file').setInputFiles(broken);
    await expect(page.getByTestId('layout-problem')).toHaveText(
      'broken.json was not taken: its value at tiles.0.size makes no sense. Nothing was changed.',
    );
    expect(await overview.tiles()).toEqual(first);
    await page.getByTestId('layout-file').setInputFiles(path);
    await expect.poll(() => overview.tiles()).toEqual(before);
    await expect(page.getByTestId('layout-problem')).toHaveCount(0);
  });

  await test.step('a preset, by the pointer', async () => {
    await page.getByTestId('preset').click();
    await page.getByTestId('preset-wall').click();
    await expect.poll(() => overview.tiles()).toEqual(['processor', 'memory', 'process', 'network', 'disk']);
  });
});
