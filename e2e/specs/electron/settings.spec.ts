import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow, findPage } from '../../models/dashboard-window.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

test('settings are changed on the page and by hand, all windows follow, and a bad value is left alone', async ({
  startApp,
}) => {
  const configHome = await mkdtemp(join(tmpdir(), 'pulsewire-login-'));
  const text = '{\n\t"view": {"theme": "light"},\n\t"mine":   1\n}\n';
  const app = await startApp({ settings: text, env: { XDG_CONFIG_HOME: configHome } });
  const path = join(app.dataFolder, 'config.json');
  const { page } = await DashboardWindow.of(app);
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);

  await test.step('the tour is shown once, and Escape ends it', async () => {
    await expect(page.getByTestId('tour')).toHaveAttribute('data-step', 'overview');
    expect(await theme()).toBe('light');
    await page.getByTestId('tour-next').click();
    await expect(page.getByTestId('tour')).toHaveAttribute('data-step', 'busy');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('tour')).toHaveCount(0);
    await expect
      .poll(() => readFile(path, 'utf8'))
      .toBe('{\n\t"view": {\n\t\t"theme": "light",\n\t\t"tourSeen": true\n\t},\n\t"mine":   1\n}\n');
  });

  await test.step('what is not a setting is named with its line', async () => {
    await new PageNavigation(page).open('settings');
    await expect(page.getByTestId('settings-problems')).toContainText('Line 6, column 12');
    await expect(page.getByTestId('settings-problems')).toContainText('“mine” is not a setting');
    await expect(page.getByTestId('settings-file')).toHaveText(path);
  });

  await test.step('a choice stands in the file, in its author’s hand', async () => {
    await page.getByTestId('choose-view.theme').getByText('Dark').click();
    await expect
      .poll(() => readFile(path, 'utf8'))
      .toBe('{\n\t"view": {\n\t\t"theme": "dark",\n\t\t"tourSeen": true\n\t},\n\t"mine":   1\n}\n');
    expect(await theme()).toBe('dark');
  });

  await test.step('every window follows the file, and the title bar, too', async () => {
    await app.application.evaluate(({ app: electron }) => {
      electron.emit('second-instance', {}, [], '', { view: 'quick', link: null });
    });
    const quick = await findPage(app, 'quick.html');
    await expect(quick.locator('html')).toHaveAttribute('data-theme', 'dark');
    await writeFile(path, '{"view": {"theme": "light", "language": "de", "tourSeen": true}}');
    for (const each of [page, quick]) {
      await expect(each.locator('html')).toHaveAttribute('data-theme', 'light');
      await expect(each.locator('html')).toHaveAttribute('lang', 'de');
    }
    expect(await app.application.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
    await expect(page.getByTestId('settings-appearance')).toContainText('Farbschema');
    await expect(page.getByTestId('settings-problems')).toHaveCount(0);
  });

  await test.step('a bad value is shown at its setting, and the one before it stays in force', async () => {
    const bad = '{"view": {"theme": "blue",\n"tourSeen": true}, "app": {"closeToTray": 0}}';
    await writeFile(path, bad);
    await expect(page.getByTestId('problem-view.theme')).toContainText('Line 1, column 20');
    await expect(page.getByTestId('problem-app.closeToTray')).toContainText('Line 2, column 43');
    expect(await theme()).toBe('light');
    await page.getByTestId('choose-app.startAtLogin').click();
    await expect.poll(() => readFile(path, 'utf8')).toContain('"startAtLogin": true');
    expect(await readFile(path, 'utf8')).toContain('"theme": "blue",\n"tourSeen": true');
    await expect(page.getByTestId('problem-view.theme')).toBeVisible();
  });

  await test.step('starting at login is known to the desktop, until it is turned off', async () => {
    const entry = join(configHome, 'autostart', 'pulsewire.desktop');
    await expect
      .poll(() => readFile(entry, 'utf8').catch(() => ''))
      .toMatch(/Exec=".+--data-dir.+"--hidden"/);
    await page.getByTestId('choose-app.startHidden').click();
    await expect.poll(() => readFile(entry, 'utf8')).not.toContain('--hidden');
    await page.getByTestId('choose-app.startAtLogin').click();
    await expect
      .poll(() =>
        stat(entry).then(
          () => true,
          () => false,
        ),
      )
      .toBe(false);
  });

  await test.step('a setting is found by its words', async () => {
    await page.getByTestId('settings-search').fill('tray');
    await expect(page.getByTestId('setting-app.closeToTray')).toBeVisible();
    await expect(page.getByTestId('setting-view.theme')).toHaveCount(0);
  });
  await rm(configHome, { recursive: true, force: true });
});
