import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { startAgain } from '../../models/quick-view-window.ts';

test('pulsewire: links open pages, fill in a host without connecting to it, and are refused in words', async ({
  startApp,
}) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await startApp({ args: ['pulsewire://open/memory'] });
  const { page } = await DashboardWindow.of(app);
  const shown = page.getByTestId('dashboard');

  await test.step('one that the app is started with', async () => {
    await expect(shown).toHaveAttribute('data-page', 'memory');
    expect(app.application.windows()).toHaveLength(1);
  });

  await test.step('one of a second start, whatever stands beside it', async () => {
    expect(await startAgain(app, ['--', 'pulsewire://open/disks', '--quick'])).toBe(0);
    await expect(shown).toHaveAttribute('data-page', 'disks');
    expect(app.application.windows()).toHaveLength(1);
  });

  await test.step('one that pairs fills the form in, and no more', async () => {
    const query = new URLSearchParams({ host, code: 'bcdfghjk' }).toString();
    await startAgain(app, [`pulsewire://pair?${query}`]);
    await expect(page.getByTestId('watch-address')).toHaveValue(host);
    await expect(page.getByTestId('watch-code')).toHaveValue('BCDF-GHJK');
    await expect(page.getByTestId('watch-linked')).toBeFocused();
    await page.keyboard.press('Enter');
    await page.reload();
    // Given out once: it does not come back with the page.
    await expect(page.getByTestId('watch-address')).toHaveValue('');
    await startAgain(app, [`pulsewire://pair?${query}`]);
    await expect(page.getByTestId('watch-address')).toHaveValue(host);
    expect(connections).toBe(0);
    await page.getByTestId('watch-submit').click();
    await expect.poll(() => connections).toBeGreaterThan(0);
    await expect(page.getByTestId('watch-linked')).toHaveCount(0);
  });

  await test.step('one that asks for something else is refused, once in a dialog', async () => {
    await app.application.evaluate(({ dialog }) => {
      const said: unknown[] = ((globalThis as { said?: unknown[] }).said = []);
      dialog.showMessageBox = (...args: unknown[]) => {
        said.push(args.at(-1));
        return new Promise(() => undefined);
      };
    });
    const link = 'pulsewire://open/memory?next=https://evil.example';
    for (let turn = 0; turn < 2; turn++) await startAgain(app, [link]);
    const said = () => app.application.evaluate(() => (globalThis as { said?: unknown[] }).said);
    await expect.poll(said).toHaveLength(1);
    expect(await said()).toMatchObject([{ message: 'This link was not followed.' }]);
    await expect(shown).toHaveAttribute('data-page', 'sharing');
  });

  await test.step('one that macOS hands over by an event', async () => {
    await app.application.evaluate(({ app: electron }) =>
      electron.emit('open-url', { preventDefault: () => undefined }, 'pulsewire://open/host'),
    );
    await expect(shown).toHaveAttribute('data-page', 'host');
  });
  server.close();
});
