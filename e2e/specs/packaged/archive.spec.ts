import { once } from 'node:events';
import { createConnection } from 'node:net';
import { listPackage, statFile } from '@electron/asar';
import { join } from 'node:path';
import { unprivilegedUserId } from '../../fixtures/packaged-app.ts';
import { expect, test } from '../../fixtures/packaged-test.ts';
import { FiguresPage } from '../../models/dashboard-window.ts';
import { readConfinement } from '../../models/sandbox.ts';
import { ViewerPage } from '../../models/viewer-page.ts';

/** Whether anybody answers there. */
async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  const answered = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answered;
}

test('an unpacked archive runs for a user without rights, in its sandbox, is watched by a browser, and leaves nothing', async ({
  startPackaged,
  page,
}) => {
  const app = await startPackaged({ args: ['pulsewire://open/sharing'] });
  const window = await app.page();
  await expect(window.getByTestId('dashboard')).toHaveAttribute('data-page', 'sharing');

  const renderers = app.processes().filter(({ command }) => command.includes('--type=renderer'));
  expect(renderers.length).toBeGreaterThan(0);
  for (const { id } of renderers) {
    const confinement = { userId: unprivilegedUserId, seccomp: 2, noNewPrivileges: true };
    expect(readConfinement(id)).toEqual({ ...confinement, hasOwnUserNamespace: true });
  }
  for (const { id } of app.processes()) expect(readConfinement(id).userId).toBe(unprivilegedUserId);
  expect(app.processes().some(({ command }) => command.includes('--no-sandbox'))).toBe(false);

  // A browser is let in, by the code that the window shows.
  await window.getByTestId('new-code').click();
  const code = (await window.getByTestId('pairing-live-code').textContent()) ?? '';
  const url = app.url ?? '';
  const viewer = new ViewerPage(page);
  await viewer.open(url);
  await viewer.pair(code);
  await window.getByTestId('admit-dialog').getByRole('button', { name: 'Allow' }).click();
  await new FiguresPage(page).expectLive();
  await expect(viewer.connection).toHaveAttribute('data-phase', 'live');

  // Both show this machine as it is now: the figure changes by itself.
  await window.evaluate(() => (location.hash = '#overview'));
  const figures = new FiguresPage(window);
  await figures.expectLive();
  const before = await figures.figure('memory-available');
  await expect.poll(() => figures.figure('memory-available')).not.toBe(before);
  expect(viewer.complaints).toEqual([]);

  // Its only window is closed, as a person does; there is no tray to go on in.
  await window.close();
  expect(await app.ended()).toBe(0);
  expect(await isListening(url)).toBe(false);
  expect(await app.temporaryFiles()).toEqual([]);
  await expect(viewer.banner).toBeVisible();
});

test('the archive holds the built program and what it needs to run, and nothing of how it was made', async ({
  packages,
}) => {
  const archive = join(packages.folder, 'resources', 'app.asar');
  const all = listPackage(archive, { isPack: false });
  const files = all.filter((path) => !('files' in statFile(archive, path.slice(1))));
  const own = files.filter((path) => !path.startsWith('/node_modules/'));
  expect(
    own.filter((path) => !/^\/(out\/(main|preload|renderer|docs)\/|out\/[\w.]+$|package\.json$)/.test(path)),
  ).toEqual([]);
  expect(own).toEqual(
    expect.arrayContaining(['/out/main/main.js', '/out/main/headless.js', '/out/licences.txt']),
  );
  expect(files.filter((path) => /\.(map|tsx?|mts|cts|md)$/.test(path))).toEqual([]);
  expect(
    files.filter((path) =>
      /node_modules\/.*\/(tests?|__tests__|fixtures|benchmarks?|examples?)\//.test(path),
    ),
  ).toEqual([]);
});
