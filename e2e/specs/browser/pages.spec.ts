import type { Topic } from '../../../src/shared/series/raw.ts';
import type { Section, Sections } from '../../../src/shared/series/sample.ts';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 12, containers: 4, sensors: 6 };

/** Sound readings of a small machine, but for one topic. */
function exceptFor(topic: Topic, section: Section<never>): (second: number) => Sections {
  return (second) => ({ ...createSections(small, second), [topic]: section });
}

test('a topic that is not granted has no entry, and its address leads to the overview', async ({
  host,
  page,
}) => {
  await SyntheticHost.behind(page, (second) => createSections(small, second), [
    'cpu',
    'memory',
    'host',
    'service',
  ]);
  await page.goto(`${host.url}#sensors`);
  const navigation = new PageNavigation(page);
  await navigation.expectShown('overview');
  await expect
    .poll(() => navigation.names())
    .toEqual(['overview', 'processor', 'memory', 'services', 'host', 'settings']);
});

test('what is not permitted says so, with the remedy as text that can be copied', async ({ host, page }) => {
  const remedy = 'sudo setfacl -m u:ada:r /sys/class/powercap/intel-rapl:0/energy_uj';
  const refused = { status: 'needsPermission', message: 'Only root may read the sensors.', remedy } as const;
  await SyntheticHost.behind(page, exceptFor('sensor', refused));
  await page.goto(`${host.url}#sensors`);
  const card = page.getByTestId('card-sensors');
  await expect(card).toHaveAttribute('data-truth', 'needsPermission');
  await expect(card).toContainText('Only root may read the sensors.');
  await expect(card.getByTestId('remedy').locator('code')).toHaveText(remedy);
  await expect(card.locator('.skeleton, .empty')).toHaveCount(0);
});

test('a reading that is late stays, greyed, with its age; a failure says which; then it is as before', async ({
  host,
  page,
}) => {
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(`${host.url}#memory`);
  const card = page.getByTestId('card-shortage');
  await expect(card).toHaveAttribute('data-truth', 'ok');
  await fake.tick(2);
  const known = (await page.getByTestId('oom-kills').getAttribute('data-value')) ?? '';
  expect(known).toBe('1');

  fake.sections = exceptFor('memory', { status: 'late', message: 'No answer for 1.2 s.' });
  await fake.tick(4);
  await expect(card.getByTestId('truth')).toHaveText('late · 4 s old');
  await expect(page.getByTestId('oom-kills')).toHaveAttribute('data-value', known);
  await expect(page.getByTestId('major-faults')).toHaveAttribute('data-value', '2');

  fake.sections = exceptFor('memory', {
    status: 'failed',
    code: 'EIO',
    message: 'The file could not be read.',
  });
  await fake.tick(2);
  await expect(card).toContainText('Could not be read (EIO)');
  await expect(card.locator('.card__content.is-old')).toBeVisible();

  fake.sections = (second) => createSections(small, second);
  await fake.tick(2);
  await expect(card).toHaveAttribute('data-truth', 'ok');
  await expect(card.getByTestId('truth')).toHaveCount(0);
});

test('sleep is marked beside the title, and no rate is taken across it', async ({ host, page }) => {
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(`${host.url}#processor`);
  const card = page.getByTestId('card-processor');
  await expect(card).toHaveAttribute('data-status', 'ok');
  await fake.tick(3);
  await expect(page.getByTestId('cpu-total')).toHaveAttribute('data-value', /./);
  fake.discontinuity = 'slept';
  await fake.tick(1, 900);
  await expect(card).toHaveAttribute('data-truth', 'slept');
  await expect(page.getByTestId('cpu-total')).not.toHaveAttribute('data-value', /./);
  await fake.tick(1);
  await expect(card).toHaveAttribute('data-truth', 'ok');
});

test('the governor is named where it slows something down', async ({ host, page }) => {
  await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(host.url);
  await expect(page.getByTestId('governor-notice')).toContainText(
    'over its budget of processor time: processes',
  );
  await page.getByTestId('governor-notice').getByRole('link').click();
  await new PageNavigation(page).expectShown('cost');
  await expect(page.getByTestId('slowed')).toHaveAttribute('data-name', 'process');
});

test('hostile names are text, clipped, with what they hide made visible', async ({ host, page }) => {
  await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(`${host.url}#containers`);
  const row = page.getByTestId('container-row').filter({ hasText: '$(touch x)' });
  await expect(row).toContainText('\\u{202e}gpj.exe␛[31m␊');
  expect(await page.locator('main img').count()).toBe(0);
  const navigation = new PageNavigation(page);
  for (const name of await navigation.names()) {
    await navigation.open(name);
    expect(await page.locator('main img').count()).toBe(0);
    const isWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect([name, isWide]).toEqual([name, false]);
  }
});

test('rows sort by the heading that is clicked, and the one that is chosen is shown closely', async ({
  host,
  page,
}) => {
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(`${host.url}#disks`);
  await expect(page.getByTestId('disk-row')).toHaveCount(2);
  await fake.tick(2);
  const names = (): Promise<(string | null)[]> =>
    page.getByTestId('disk-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-name')));
  const heading = page.getByTestId('card-disks').getByRole('columnheader', { name: 'Size' });
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  expect(await names()).toEqual(['sda', 'nvme0n1']);
  await heading.getByRole('button').click();
  expect(await names()).toEqual(['nvme0n1', 'sda']);
  await page.getByRole('button', { name: 'sda', exact: true }).click();
  await expect(page.getByTestId('disk-details')).toHaveAttribute('data-name', 'sda');
});
