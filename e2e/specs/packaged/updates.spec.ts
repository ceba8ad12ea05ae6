import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { attachWhenLoaded } from '../../fixtures/attach-when-loaded.ts';
import { makeUserFolder, unprivilegedUserId } from '../../fixtures/packaged-app.ts';
import { expect, test } from '../../fixtures/packaged-test.ts';
import { copyPackage, createStandInAppImage } from '../../fixtures/stand-in-app-image.ts';
import { UpdateFeed } from '../../fixtures/update-feed.ts';

test.skip(process.platform !== 'linux', 'What is installed here stands for an AppImage.');

/** The version after this one, as long as it is. */
function nextVersion(version: string): string {
  return version.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
}

test('an update is announced, fetched and installed with a restart; one that is tampered with, missing, too large or older is not', async ({
  startPackaged,
  programFolder,
}) => {
  await using feed = await UpdateFeed.start();
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const next = nextVersion(version);
  const folder = await makeUserFolder();
  const [old, newer, installed] = ['old', 'new', 'installed'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await copyPackage(programFolder, old, { version, feedUrl: feed.url });
  await copyPackage(programFolder, newer, { version: next, feedUrl: feed.url });
  await mkdir(installed);
  const program = join(installed, 'pulsewire');
  const before = createStandInAppImage(old);
  await writeFile(program, before);
  await chmod(program, 0o755);
  for (const path of [installed, program]) await chown(path, unprivilegedUserId!, unprivilegedUserId!);
  const release = { version: next, file: createStandInAppImage(newer), notes: 'Much is <b>new</b>.' };

  const app = await startPackaged({ programFolder: installed, args: ['pulsewire://open/settings'] });
  const browsers: { close(): Promise<void> }[] = [];
  /** The page of the app that has taken the place of the one before. */
  const pageAgain = async (): Promise<Page> => {
    const portFile = join(app.home, 'data', 'electron', 'DevToolsActivePort');
    await expect.poll(() => readFile(portFile, 'utf8').catch(() => '')).toMatch(/^\d+\n/);
    const [port] = (await readFile(portFile, 'utf8')).split('\n');
    const browser = await attachWhenLoaded(port!, 30_000);
    browsers.push(browser);
    const find = () => browser.contexts().flatMap((context) => context.pages())[0];
    await expect.poll(() => find()?.url() ?? '').toContain('index.html');
    const page = find()!;
    await page.evaluate(() => (location.hash = '#settings'));
    return page;
  };
  const restart = async (page: Page): Promise<Page> => {
    await rm(join(app.home, 'data', 'electron', 'DevToolsActivePort'));
    await page.getByTestId('install-update').click();
    return pageAgain();
  };
  const isUntouched = async () => (await readFile(program)).equals(before);
  const pending = join(app.home, '.cache', 'pulsewire-updater', 'pending');
  const fetched = async () => (await readdir(pending)).filter((name) => name.endsWith('.AppImage'));

  let page = await app.page();
  const expectPhase = (phase: string) =>
    expect(page.getByTestId('update-status')).toHaveAttribute('data-phase', phase);
  const check = () => page.getByTestId('check-updates').click();
  const download = () => page.getByTestId('download-update').click();
  await expectPhase('idle');
  await expect(page.getByTestId('about-version')).toContainText(`Pulsewire ${version}`);

  await test.step('there is nothing for this system', async () => {
    await check();
    await expectPhase('failed');
    await expect(page.getByTestId('update-status')).toContainText('the server has nothing for this system');
  });

  await test.step('an older version is none', async () => {
    feed.offer({ ...release, version: '0.0.1' });
    await check();
    await expectPhase('idle');
  });

  await test.step('a newer one is told of, with what is new in it, and not fetched', async () => {
    feed.offer(release);
    await check();
    await expectPhase('available');
    await expect(page.getByTestId('update-notes')).toHaveText('Much is new.');
    expect(feed.requests.every(({ path }) => path.endsWith('.yml'))).toBe(true);
  });

  await test.step('a file that is missing, tampered with or longer than announced is refused', async () => {
    const tampered = Buffer.from(release.file);
    tampered[tampered.length - 1]! ^= 1;
    const why = { missing: 'does not have the file', other: 'was thrown away' };
    for (const [sent, words] of [
      [null, why.missing],
      [tampered, why.other],
      [Buffer.concat([release.file, Buffer.alloc(100_000)]), why.other],
      [release.file.subarray(0, -1), why.other],
    ] as const) {
      feed.sent = sent;
      await download();
      await expectPhase('failed');
      await expect(page.getByTestId('update-status')).toContainText(words);
      expect(await fetched()).toEqual([]);
    }
    expect(await isUntouched()).toBe(true);
  });

  await test.step('the server is told nothing about who asks', async () => {
    feed.sent = release.file;
    await download();
    await expectPhase('ready');
    const said = new Set<string>();
    for (const { headers } of feed.requests) {
      for (const [name, value] of Object.entries(headers)) {
        if (!['host', 'connection', 'range', 'accept-encoding'].includes(name))
          said.add(`${name}: ${String(value)}`);
      }
    }
    expect([...said].sort()).toEqual([
      'accept-language: en',
      'accept: */*',
      'cache-control: no-cache',
      'sec-fetch-dest: empty',
      'sec-fetch-mode: no-cors',
      'sec-fetch-site: none',
      'user-agent: electron-builder',
    ]);
  });

  await test.step('a file that is changed after it was fetched is not installed, and the app comes back as it was', async () => {
    const [name] = await fetched();
    await writeFile(join(pending, name!), '#!/bin/sh\nexit 1\n');
    page = await restart(page);
    await expect(page.getByTestId('about-version')).toContainText(`Pulsewire ${version}`);
    expect(await isUntouched()).toBe(true);
  });

  await test.step('what was announced is installed, and the app is the new one', async () => {
    await check();
    await download();
    await expectPhase('ready');
    page = await restart(page);
    await expect(page.getByTestId('about-version')).toContainText(`Pulsewire ${next}`);
    expect((await readFile(program)).equals(release.file)).toBe(true);
    await check();
    await expectPhase('idle');
    await expect(page.getByTestId('update-status')).toContainText('There is no newer version');
  });

  await page.close();
  await expect.poll(() => app.processes()).toEqual([]);
  for (const browser of browsers) await browser.close();
  await rm(folder, { recursive: true });
});
