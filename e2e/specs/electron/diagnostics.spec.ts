import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/test.ts';
import { findViolations } from '../../models/axe.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import type { DiagnosticsReport } from '../../../src/shared/protocol/diagnostics-report.ts';

test('one click writes a file about how the app does, for its owner alone, and tells of no name', async ({
  app,
}) => {
  const { page } = await DashboardWindow.of(app);
  await page.evaluate(() => {
    location.hash = 'diagnostics';
  });
  const card = page.getByTestId('card-bundle');
  await expect(card).toBeVisible();
  expect(await findViolations(page)).toEqual([]);

  // The dialog is the desktop's own; what it is asked and what it answers is all that is made up.
  const path = join(app.dataFolder, 'bundle.json');
  await app.application.evaluate(({ dialog }, filePath) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    let turn = 0;
    dialog.showSaveDialog = async (...all: unknown[]) => {
      asked.push((all.at(-1) as { defaultPath?: string }).defaultPath ?? '');
      return turn++ === 0 ? { canceled: true, filePath: '' } : { canceled: false, filePath };
    };
  }, path);
  await card.getByTestId('save-diagnostics').click();
  await expect(card.getByTestId('save-diagnostics')).toBeEnabled();
  await expect(card.getByTestId('bundle-outcome')).toHaveText('');
  await expect(stat(path)).rejects.toThrow();

  await card.getByTestId('save-diagnostics').click();
  await expect(card.getByTestId('bundle-outcome')).toHaveText(/Saved/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const text = await readFile(path, 'utf8');
  const report = JSON.parse(text) as DiagnosticsReport;
  expect(report.live?.clients).toMatchObject([{ kind: 'window', grant: 'local', state: 'live' }]);
  expect(report.versions.electron).toBe(app.version);
  expect(report.live?.cost.processes.map(({ role }) => role)).toContain('window');
  expect(
    report.live?.log.some(({ message }) => message.startsWith('Viewers on this machine find it at')),
  ).toBe(true);
  expect(text).not.toContain(app.dataFolder);
  const asked = await app.application.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  expect(asked[0]).toMatch(/pulsewire-diagnostics-\d{8}-\d{6}\.json$/);
});
