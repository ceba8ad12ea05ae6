import { MonitorError } from '../../../src/shared/lifecycle/monitor-error.ts';
import type { ProcessDetails } from '../../../src/shared/series/raw/process.ts';
import type { Section, Sections } from '../../../src/shared/series/sample.ts';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ProcessesPage } from '../../models/processes-page.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 4, containers: 2, sensors: 2 };
const machine = (second: number): Sections => createSections(small, second);

/** Sound readings, but for the table of processes. */
function except(section: Section<never>): (second: number) => Sections {
  return (second) => ({ ...machine(second), process: section });
}

const remedy = 'sudo setcap cap_sys_ptrace+ep /opt/pulsewire/pulsewire';

test('a viewer that may only look gets the table without command lines, and nothing that it may not do', async ({
  host,
  page,
}) => {
  const viewer = new ViewerPage(page);
  await viewer.open(host.url);
  await viewer.pair(host.pairingCode);
  const processes = await ProcessesPage.open(page);
  await expect(page.getByTestId('sort-command')).toHaveCount(0);
  await processes.find(process.pid);
  await processes.row(process.pid).click();
  await expect(page.getByTestId('facts-withheld')).toBeVisible();
  await expect(page.locator('[data-testid^="deed-"]:is(button)')).toHaveCount(0);
  await processes.row(process.pid).focus();
  await page.keyboard.press('Delete');
  await expect(processes.dialog).toHaveCount(0);
  expect(viewer.complaints).toEqual([]);
});

test('what is chosen and what is pointed at stay where they are while others pass them by', async ({
  host,
  page,
}) => {
  const fake = await SyntheticHost.behind(page, machine);
  await page.goto(`${host.url}#processes`);
  const processes = new ProcessesPage(page);
  await expect(processes.rows.first()).toBeVisible();
  await fake.tick(2);
  const order = (): Promise<(number | null)[]> => processes.figures('pid');
  await expect.poll(() => processes.figures('cpuShare').then(([first]) => first ?? 0)).toBeGreaterThan(0);
  const before = await order();
  const quiet = before.at(8) ?? 0;

  // Another becomes the busiest, while the hand is on a row.
  await processes.row(quiet).hover();
  let base = fake.second;
  const rising = (second: number): Sections => {
    const sections = machine(second);
    if (sections.process?.status === 'ok') {
      const at = sections.process.data.pid.indexOf(quiet);
      sections.process.data.cpuTicks[at] = 1_000_000 + (second - base) * 390;
    }
    return sections;
  };
  fake.sections = rising;
  await fake.tick(3);
  await expect
    .poll(() => processes.cell(quiet, 'cpuShare').locator('[data-value]').getAttribute('data-value'))
    .toBe('3.9');
  expect(await order()).toEqual(before);
  await expect(page.getByTestId('order-held')).toHaveText('Order held');

  await page.mouse.move(1, 1);
  await fake.tick();
  await expect.poll(async () => (await order())[0]).toBe(quiet);
  await expect(page.getByTestId('order-held')).toHaveText('');

  // What is chosen goes along with its process, and the focus with it.
  await processes.row(quiet).focus();
  base = Infinity;
  fake.sections = machine;
  await fake.tick(8);
  await expect(processes.row(quiet)).toHaveAttribute('aria-selected', 'true');
  await expect(processes.row(quiet)).toBeFocused();
});

test('the tree closes and opens, and applications are summed', async ({ host, page }) => {
  const fake = await SyntheticHost.behind(page, machine);
  await page.goto(`${host.url}#processes`);
  const processes = new ProcessesPage(page);
  await expect(processes.rows.first()).toBeVisible();
  await fake.tick(2);
  await page.getByTestId('layout-tree').click();
  await expect(processes.grid).toHaveAttribute('role', 'treegrid');
  await expect(processes.row(1)).toHaveAttribute('aria-expanded', 'true');
  await expect(processes.row(2)).toHaveAttribute('aria-level', '2');
  await processes.row(1).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(processes.row(1)).toHaveAttribute('aria-expanded', 'false');
  await expect(processes.rows).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-testid="process-row"]:focus')).toHaveAttribute('aria-level', '2');

  await page.getByTestId('layout-groups').click();
  await expect(processes.rows).toHaveCount(8);
  const group = page.locator('[data-key="group node"]');
  const sum = 1_048_576 * [5, 13, 21, 29, 37].reduce((all, pid) => all + 1 + (((pid - 1) * 37) % 400), 0);
  await expect(group.locator('[data-column="residentBytes"] [data-value]')).toHaveAttribute(
    'data-value',
    String(sum),
  );
  await group.click();
  await expect(processes.rows).toHaveCount(8 + 5);
});

test('each state of the table says what it is, and what was read stays', async ({ host, page }) => {
  const fake = await SyntheticHost.behind(
    page,
    except({ status: 'needsPermission', message: 'Hidden by hidepid.', remedy }),
  );
  await page.goto(`${host.url}#processes`);
  const card = page.getByTestId('card-processes');
  await expect(card).toHaveAttribute('data-status', 'needsPermission');
  await expect(page.getByTestId('table-trouble')).toContainText('Hidden by hidepid.');
  await expect(page.getByTestId('remedy').locator('code')).toHaveText(remedy);

  fake.sections = machine;
  await fake.tick(2);
  const processes = new ProcessesPage(page);
  await expect(page.getByTestId('table-trouble')).toHaveCount(0);
  const top = (await processes.rows.first().boundingBox())?.y;

  fake.sections = except({ status: 'late', message: 'No answer for 1.2 s.' });
  await fake.tick(4);
  await expect(page.getByTestId('truth')).toHaveText('late · 4 s old');
  await expect(page.getByTestId('table-trouble')).toHaveCount(0);

  fake.sections = except({ status: 'failed', code: 'io', message: '/proc cannot be listed.' });
  await fake.tick();
  await expect(page.getByTestId('table-trouble')).toContainText('/proc cannot be listed.');
  expect((await processes.rows.first().boundingBox())?.y).toBe(top);

  fake.sections = except({ status: 'unsupported', message: 'Not on this platform.' });
  await fake.tick();
  await expect(page.getByTestId('table-trouble')).toContainText('Not available on this machine');
  fake.sections = machine;
  await fake.tick();
  await expect(page.getByTestId('table-trouble')).toHaveCount(0);
  expect((await processes.rows.first().boundingBox())?.y).toBe(top);
});

test('figures that are not known are dashes with their reason, and a row says how old it is', async ({
  host,
  page,
}) => {
  const fake = await SyntheticHost.behind(page, machine);
  await page.goto(`${host.url}#processes`);
  const processes = new ProcessesPage(page);
  // Of one reading there are no rates.
  await expect(processes.cell(1, 'cpuShare')).toHaveText('–');
  await expect(processes.cell(1, 'cpuShare').locator('.unknown')).toHaveAttribute(
    'title',
    'Waiting for a second reading',
  );
  await fake.tick(2);
  await expect(processes.cell(1, 'cpuShare').locator('[data-value]')).toBeVisible();
  await expect(processes.cell(2, 'readBytesPerSecond').locator('.unknown')).toHaveAttribute(
    'title',
    /^Not told/,
  );
  await expect(processes.cell(1, 'writtenBytesPerSecond')).toHaveText('0B/s');
  await processes.find(5);
  await expect(processes.row(5)).toHaveAttribute('aria-description', /^Read 3 s ago/);
});

test('each part of the details that is refused says why and what would help, and so does a refused deed', async ({
  host,
  page,
}) => {
  const details: ProcessDetails = {
    pid: 3, startTicks: 100, name: 'postgres', command: ['/usr/bin/postgres', '-D', '/var/lib/post gres'],
    executable: null, workingFolder: null, cgroup: '/system.slice/postgresql.service', user: 'postgres', threadCount: 3,
    nice: 0, residentBytes: 1_048_576, proportionalBytes: null, swappedBytes: 0, virtualBytes: 2_097_152, readBytes: null,
    writtenBytes: null, voluntarySwitches: 10, involuntarySwitches: 2, openFileCount: null, openFileLimit: 1024,
    openFiles: { status: 'needsPermission', message: 'Only postgres and root may see them.', remedy },
    sockets: { status: 'ok', entries: [{ protocol: 'tcp', local: '127.0.0.1:5432', remote: null, state: 'listen' }], truncated: true },
    environment: { status: 'unsupported', message: 'This system keeps none.' },
  }; // prettier-ignore
  const fake = await SyntheticHost.behind(page, machine);
  fake.methods = {
    'process.inspect': () => details,
    'process.signal': () => {
      throw new MonitorError('needsPermission', 'It belongs to postgres.', { remedy });
    },
  };
  await page.goto(`${host.url}#processes`);
  const processes = new ProcessesPage(page);
  await expect(processes.rows.first()).toBeVisible();
  await fake.tick(2);
  await processes.find(3);
  await processes.row(3).click();
  await expect(page.getByTestId('fact-command')).toContainText("/usr/bin/postgres -D '/var/lib/post gres'");
  await expect(page.getByTestId('fact-executable')).toHaveText('–');
  const files = page.getByTestId('list-files');
  await files.locator('summary').click();
  await expect(files).toContainText('Only postgres and root may see them.');
  await expect(files.locator('code')).toHaveText(remedy);
  const sockets = page.getByTestId('list-sockets');
  await sockets.locator('summary').click();
  await expect(sockets).toContainText('127.0.0.1:5432 listen');
  await expect(sockets).toContainText('There are more');
  await expect(page.getByTestId('list-environment')).toContainText('not available');
  // Only what is granted is offered.
  await expect(page.getByTestId('deed-renice')).toHaveCount(0);

  await page.getByTestId('deed-kill').click();
  await processes.confirm();
  await expect(processes.outcome).toContainText('Refused: It belongs to postgres.');
  await expect(processes.outcome.locator('code')).toHaveText(remedy);
  await expect(page.getByTestId('deed-close')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(processes.dialog).toHaveCount(0);
  await expect(page.getByTestId('deed-kill')).toBeFocused();
});
