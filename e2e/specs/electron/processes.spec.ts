import { existsSync, readdirSync } from 'node:fs';
import { Sleeper } from '../../fixtures/sleeper.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream } from '../../models/host-stream.ts';
import { ProcessesPage } from '../../models/processes-page.ts';

test('a process is ended from its details, through a dialog that names it', async ({ app }) => {
  using sleeper = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  await processes.begin(sleeper.pid, 'end');
  await expect(processes.page.getByTestId('deed-name')).toHaveText('sleep');
  await expect(processes.page.getByTestId('deed-pid')).toHaveText(String(sleeper.pid));
  await expect(processes.page.getByTestId('deed-user')).not.toBeEmpty();
  expect(sleeper.isRunning).toBe(true);
  await processes.confirm();
  expect(await sleeper.ended).toBe('SIGTERM');
  await expect(processes.done).toContainText(`sleep (${sleeper.pid}) has ended.`);
  await expect(processes.page.getByTestId('details-ended')).toBeVisible();
  await expect(processes.page.getByTestId('deed-kill')).toHaveCount(0);
});

test('a process is stopped, continued, reniced and killed', async ({ app }) => {
  using sleeper = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  await processes.begin(sleeper.pid, 'stop');
  await processes.confirm();
  await expect(processes.dialog).toBeHidden();
  await expect.poll(() => sleeper.state).toBe('T');
  await processes.begin(sleeper.pid, 'continue');
  await processes.confirm();
  await expect(processes.dialog).toBeHidden();
  await expect.poll(() => sleeper.state).toBe('S');
  await processes.begin(sleeper.pid, 'renice');
  await processes.page.getByTestId('deed-nice').fill('21');
  await expect(processes.page.getByTestId('deed-confirm')).toBeDisabled();
  await processes.page.getByTestId('deed-nice').fill('7');
  await processes.confirm();
  await expect(processes.page.getByTestId('fact-nice')).toHaveText('7');
  expect(sleeper.nice).toBe(7);
  await processes.begin(sleeper.pid, 'kill');
  await processes.confirm();
  expect(await sleeper.ended).toBe('SIGKILL');
});

test('what is another process by now, or none, is not killed, and that is said', async ({ startApp }) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  using gone = new Sleeper();
  using other = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  await processes.begin(gone.pid, 'kill');
  await gone.end();
  await processes.confirm();
  await expect(processes.outcome).toContainText('Refused: ');
  await expect(processes.outcome).toContainText(String(gone.pid));
  await processes.page.getByTestId('deed-close').click();
  await expect(processes.dialog).toBeHidden();

  // As a program that remembers a number from an earlier life of it.
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['cpu']);
  const answer = await stream.request('process.signal', {
    pid: other.pid,
    startTicks: other.startTicks - 1,
    action: 'kill',
  });
  expect(answer).toMatchObject({ type: 'error' });
  expect(JSON.stringify(answer)).toContain(String(other.pid));
  expect(other.isRunning).toBe(true);
  await stream.request('process.signal', { pid: other.pid, startTicks: other.startTicks, action: 'kill' });
  expect(await other.ended).toBe('SIGKILL');
  await stream.close();
});

test('promise: hostile names: a hostile name is text, in the table, the details and the dialog', async ({
  app,
}) => {
  const name = `$(touch x)\n<img src=x onerror="document.title='owned'">';--\u202egpj`;
  using sleeper = new Sleeper(name);
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  await processes.begin(sleeper.pid, 'end');
  const { page } = processes;
  // The kernel keeps 15 bytes of a name; the command line has all of it.
  await expect(processes.cell(sleeper.pid, 'name')).toContainText('$(touch x)␊<img');
  await expect(page.getByTestId('deed-name')).toContainText('$(touch x)␊<img');
  await expect(processes.dialog).toContainText(
    `<img src=x onerror="document.title='owned'">';--\\u{202e}gpj`,
  );
  await expect(processes.details.locator('h2')).toContainText('$(touch x)␊<img');
  await expect(page.locator('img')).toHaveCount(0);
  expect(await page.title()).not.toContain('owned');
  await processes.confirm();
  expect(await sleeper.ended).toBe('SIGTERM');
  await expect(processes.done).toContainText('$(touch x)␊<img');
  expect(readdirSync(sleeper.folder ?? '.')).toEqual([name]);
  expect(existsSync('x')).toBe(false);
});

test('by keys alone a process is found, looked into and ended', async ({ app }) => {
  using sleeper = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  const { keyboard } = processes.page;
  await keyboard.press('/');
  await expect(processes.filter).toBeFocused();
  await keyboard.type(`/^${sleeper.pid}$/`);
  const row = processes.row(sleeper.pid);
  await expect(row).toBeVisible({ timeout: 15_000 });
  await keyboard.press('Enter');
  await expect(row).toBeFocused();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(processes.page.getByTestId('details-close')).toBeFocused();
  await keyboard.press('Escape');
  await expect(processes.details).toHaveCount(0);
  await expect(row).toBeFocused();
  await keyboard.press('Delete');
  await expect(processes.page.getByTestId('deed-cancel')).toBeFocused();
  await keyboard.press('Escape');
  await expect(processes.dialog).toHaveCount(0);
  await expect(row).toBeFocused();
  expect(sleeper.isRunning).toBe(true);
  await keyboard.press('Delete');
  await keyboard.press('Tab');
  await expect(processes.page.getByTestId('deed-confirm')).toBeFocused();
  await keyboard.press('Enter');
  expect(await sleeper.ended).toBe('SIGTERM');
});

test('keys move through the table, and what is chosen stays chosen wherever the order takes it', async ({
  app,
}) => {
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  const { keyboard } = processes.page;
  await processes.sortBy('pid', 'ascending');
  await processes.filter.focus();
  await keyboard.press('ArrowDown');
  const focused = processes.page.locator('[data-testid="process-row"]:focus');
  await expect(focused).toHaveAttribute('aria-rowindex', '2');
  await keyboard.press('ArrowDown');
  await expect(focused).toHaveAttribute('aria-rowindex', '3');
  await keyboard.press('PageDown');
  await expect.poll(async () => Number(await focused.getAttribute('aria-rowindex'))).toBeGreaterThan(8);
  await keyboard.press('End');
  await expect
    .poll(() => focused.getAttribute('aria-rowindex'))
    .toBe(await processes.grid.getAttribute('aria-rowcount'));
  await keyboard.press('Home');
  await expect(focused).toHaveAttribute('aria-rowindex', '2');
  const key = await focused.getAttribute('data-key');
  await processes.page.getByTestId('sort-pid').click();
  await expect(processes.page.locator(`[data-key="${key}"]`)).toHaveAttribute('aria-selected', 'true');
  await expect(processes.grid).toHaveAttribute('role', 'grid');
});

test('a filter that is no expression is named, and the last good one holds', async ({ app }) => {
  using sleeper = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  await processes.find(sleeper.pid);
  await processes.filter.fill('/(/');
  await expect(processes.page.getByTestId('filter-problem')).toContainText('Unterminated group');
  await expect(processes.row(sleeper.pid)).toBeVisible();
  await expect(processes.rows).toHaveCount(1);
  await processes.filter.fill('there is no such process');
  await expect(processes.page.getByTestId('nothing-matches')).toBeVisible();
  await processes.page.getByTestId('nothing-matches').getByRole('button').click();
  await expect.poll(() => processes.rows.count()).toBeGreaterThan(5);
});

test('details tell what the host may see of a process, and go on while they are open', async ({ app }) => {
  using sleeper = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  await processes.find(sleeper.pid);
  await processes.row(sleeper.pid).click();
  const { page } = processes;
  await expect(page.getByTestId('fact-command')).toContainText(' 300');
  await expect(page.getByTestId('fact-executable')).toContainText('sleep');
  await expect(page.getByTestId('fact-rss')).toContainText('iB');
  await page.getByTestId('list-environment').locator('summary').click();
  await expect(page.getByTestId('list-environment')).toContainText('PATH');
  await expect(processes.details.locator('canvas.chart__plot')).toHaveCount(2);
});

test('a phone shows name, processor and memory, and the details instead of the table', async ({ app }) => {
  using sleeper = new Sleeper();
  const processes = await ProcessesPage.open((await DashboardWindow.of(app)).page);
  const { page } = processes;
  await app.application.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setMinimumSize(300, 300);
    window?.setContentSize(360, 740);
  });
  await expect(page.getByRole('columnheader')).toHaveText(['Name', 'CPU', 'Memory']);
  const overflows = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(overflows).toBe(false);
  await processes.find(sleeper.pid);
  await processes.row(sleeper.pid).click();
  await expect(processes.details).toBeVisible();
  await expect(processes.grid).toBeHidden();
  await page.getByTestId('details-close').click();
  await expect(processes.row(sleeper.pid)).toBeVisible();
});
