import { accessMethods } from '../../../src/shared/protocol/index.ts';
import { createAccess, createRequest } from '../../fixtures/synthetic-access.ts';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { findViolations } from '../../models/axe.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { choosePreferences } from '../../models/preferences.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 12, containers: 4, sensors: 6 };

const looks = [
  { theme: 'light', contrast: 'normal' },
  { theme: 'dark', contrast: 'normal' },
  { theme: 'light', contrast: 'high' },
  { theme: 'dark', contrast: 'high' },
] as const;

test.use({ trace: 'off', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });

test('no page breaks a rule of WCAG 2.2 AA, in any theme', async ({ host, page }) => {
  test.setTimeout(180_000);
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(host.url);
  const navigation = new PageNavigation(page);
  for (const name of await navigation.names()) {
    await navigation.open(name);
    await fake.tick(3);
    await navigation.expectSettled();
    for (const look of looks) {
      await choosePreferences(page, look);
      // Else what is seen is that nothing new arrives.
      await fake.tick();
      const violations = await findViolations(page, look === looks[0] ? undefined : 'contrast');
      expect.soft(violations, `${name}, ${look.theme}, ${look.contrast} contrast`).toEqual([]);
    }
  }
});

test('no state of a page breaks one, and no dialog', async ({ host, page }) => {
  test.setTimeout(120_000);
  const sound = (second: number) => createSections(small, second);
  const fake = await SyntheticHost.behind(page, sound);
  fake.methods = Object.fromEntries(
    ['process.inspect', 'process.signal', 'process.renice', ...accessMethods].map((method) => [
      method,
      () => null,
    ]),
  );
  const expectSound = async (what: string): Promise<void> => {
    expect.soft(await findViolations(page), what).toEqual([]);
  };
  const all = (section: object) => (second: number) =>
    Object.fromEntries(Object.keys(sound(second)).map((topic) => [topic, section])) as never;
  await page.goto(`${host.url}#memory`);
  const navigation = new PageNavigation(page);

  const states = {
    failed: { status: 'failed', code: 'EIO', message: 'The file could not be read.' },
    needsPermission: { status: 'needsPermission', message: 'Only root may.', remedy: 'sudo setcap x' },
    unsupported: { status: 'unsupported', message: 'Not on this platform.' },
    late: { status: 'late', message: 'No answer for 1.2 s.' },
  };
  for (const [name, ...met] of [
    ['memory', 'failed', 'late'],
    ['processes', 'needsPermission', 'late'],
    ['overview', 'unsupported', 'needsPermission'],
  ] as const) {
    await navigation.open(name);
    for (const state of met) {
      fake.sections = sound;
      await fake.tick(2);
      fake.sections = all(states[state]);
      await fake.tick(2);
      await expectSound(`${name}, ${state}`);
    }
    fake.sections = sound;
    await fake.tick(2);
  }

  await navigation.open('processes');
  await fake.tick(2);
  await page.getByTestId('process-row').nth(1).click();
  await expectSound('details of a process');
  await page.getByTestId('deed-renice').click();
  await expect(page.getByTestId('deed-dialog')).toBeVisible();
  await expectSound('the dialog of a deed');
  await page.keyboard.press('Escape');
  await page.getByTestId('process-filter').fill('nobody is called so');
  await expectSound('nothing found');

  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette-choice').first()).toBeVisible();
  await expectSound('the palette');
  await page.keyboard.type('no such thing');
  await expectSound('the palette, nothing found');
  await page.keyboard.press('Escape');
  await navigation.open('memory');
  await page.keyboard.press('?');
  await expect(page.getByTestId('key-line').first()).toBeVisible();
  await expectSound('the list of keys');
  await page.keyboard.press('Escape');

  fake.sections = (second) => ({
    ...sound(second),
    access: {
      status: 'ok',
      readMs: second * 1_000,
      data: {
        ...createAccess(second),
        pairing: { ...createAccess(second).pairing, requests: [createRequest()] },
      },
    },
  });
  await fake.tick();
  await expect(page.getByTestId('admit-dialog')).toBeVisible();
  await expectSound('a device that asks');
  await page.keyboard.press('Escape');
  fake.sections = sound;
  await fake.tick(2);

  await fake.setReachable(false);
  await expect(page.getByTestId('connection-state')).toHaveAttribute('data-phase', 'backoff');
  await expectSound('disconnected');
});

test('neither does the page before its first figures, nor the pairing page', async ({
  host,
  page,
  context,
}) => {
  const pairing = await context.newPage();
  await pairing.goto(host.url);
  await expect(pairing.getByTestId('pairing')).toBeVisible();
  expect.soft(await findViolations(pairing), 'pairing').toEqual([]);
  await pairing.close();

  await SyntheticHost.behind(page, () => ({}));
  await page.goto(`${host.url}#memory`);
  await expect(page.getByTestId('connection-state')).toHaveAttribute('data-phase', 'live');
  expect.soft(await findViolations(page), 'loading').toEqual([]);
});
