import { readFile } from 'node:fs/promises';
import type { DiagnosticsReport } from '../../../src/shared/protocol/diagnostics-report.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

test('a viewer of scope admin saves the host’s bundle, and one of scope control has no button for it', async ({
  host,
  page,
}) => {
  const viewer = new ViewerPage(page);
  const enter = async (scope: string): Promise<void> => {
    const token = await host.createToken(scope, 'Alicequist');
    await viewer.open(`${host.url}/#diagnostics`);
    await page.evaluate((given) => localStorage.setItem('pulsewire.token', given), token);
    await page.reload();
    await expect(page.getByTestId('collector').first()).toBeVisible();
  };
  await enter('control');
  await expect(page.getByTestId('card-bundle')).toHaveCount(0);

  await enter('admin');
  const card = page.getByTestId('card-bundle');
  const save = async (): Promise<{ name: string; text: string }> => {
    const saving = page.waitForEvent('download');
    await card.getByTestId('save-diagnostics').click();
    const download = await saving;
    await expect(card.getByTestId('bundle-outcome')).toHaveText(/Saved/);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const { name, text } = await save();
  expect(name).toMatch(/^pulsewire-diagnostics-\d{8}-\d{6}\.json$/);
  // Who asks is not among those that it tells of.
  const { live, about } = JSON.parse(text) as DiagnosticsReport;
  expect([about.madeBy, live?.clients]).toEqual(['host', []]);
  expect(live?.closed).toMatchObject([{ scopeName: 'client 1', tasksLeft: 0 }]);
  expect(text).not.toContain('Alicequist');

  await card.getByText('With names, addresses and paths').click();
  expect((await save()).text).toContain('Alicequist');
  expect(viewer.complaints).toEqual([]);
});
