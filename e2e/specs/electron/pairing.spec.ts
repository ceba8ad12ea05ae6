import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';

test('the menu shows a one-time code for a browser, which the server takes once', async ({ app }) => {
  await DashboardWindow.of(app);
  const shown = await app.application.evaluate(({ dialog, Menu }) => {
    return new Promise<{ message: string; detail?: string }>((resolve) => {
      dialog.showMessageBox = ((options: Electron.MessageBoxOptions) => {
        resolve({
          message: options.message,
          ...(options.detail !== undefined && { detail: options.detail }),
        });
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
      file?.submenu?.items.find(({ label }) => label.startsWith('View in a browser'))?.click();
    });
  });
  const url = /http:\/\/[^ ]+/.exec(shown.detail ?? '')?.[0];
  const pair = (): Promise<Response> =>
    fetch(`${url}/v1/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: shown.message, name: 'test' }),
    });
  const paired = await pair();
  expect(paired.status).toBe(200);
  expect(await paired.json()).toMatchObject({ scope: 'view' });
  expect((await pair()).status).not.toBe(200);
});
