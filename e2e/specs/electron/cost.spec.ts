import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { PageNavigation } from '../../models/page-navigation.ts';

test('what the app costs is told by process: host, helper, window and GPU', async ({ app }) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const navigation = new PageNavigation(dashboard.page);
  await navigation.open('cost');
  await navigation.expectSettled();
  const rows = dashboard.page.getByTestId('cost-process-row');
  for (const name of ['host', 'probe', 'dashboard', 'GPU']) {
    const row = rows.filter({ hasText: name }).first();
    await expect(row).toBeVisible();
    // Processor time and memory are known of each.
    await expect(row).not.toContainText('–');
  }
  // The window that is looked at is not taken for the cost of watching the machine: nothing is held back.
  await expect(dashboard.page.getByTestId('governor-notice')).toHaveCount(0);
});
