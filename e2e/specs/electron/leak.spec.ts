import { expect, test } from '../../fixtures/test.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';

const cycles = 200;
/** Ways in which a page can go. */
const endings = ['close', 'reload', 'crash', 'destroy'] as const;

test(`${cycles} cycles of open, reload, close and abort leave nothing behind`, async ({ startApp }) => {
  test.setTimeout(300_000);
  const port = await findFreePort();
  // The quick view keeps the app alive, whatever happens to other windows.
  const app = await startApp({ args: ['--port', String(port)] });
  await app.firstWindow();
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  // The warm start has had its time.
  const isQuiet = (names: readonly string[]): boolean => !names.includes('warm start');
  const before = await stream.diagnosticsUntil(
    (seen) => pagesOf(seen)[0]?.state === 'live' && isQuiet(seen.services.map(({ name }) => name)),
  );

  const counts = await app.application.evaluate(
    async ({ BrowserWindow, ipcMain, webContents, app: electron }, { total, ways }) => {
      const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
      const [keeper] = BrowserWindow.getAllWindows();
      if (!keeper) throw new Error('There is no window.');
      const channels = ['pulsewire:client-frame', 'pulsewire:client-close'];
      const count = () => ({
        windows: BrowserWindow.getAllWindows().length,
        contents: webContents.getAllWebContents().length,
        ipc: channels.map((channel) => ipcMain.listenerCount(channel)),
        app: ['second-instance', 'before-quit', 'window-all-closed', 'activate'].map((name) =>
          electron.listenerCount(name as 'quit'),
        ),
        process: ['SIGTERM', 'SIGINT', 'uncaughtException'].map((name) =>
          process.listenerCount(name as 'exit'),
        ),
        page: keeper.webContents
          .eventNames()
          .map((name) => [String(name), keeper.webContents.listenerCount(name as 'destroyed')]),
      });
      const loaded = (): Promise<void> =>
        new Promise((resolve) => keeper.webContents.once('did-finish-load', () => resolve()));
      const start = count();
      for (let cycle = 0; cycle < total; cycle++) {
        const way = ways[cycle % ways.length];
        const done = loaded();
        // The window itself stays, as with a reload by a person; `close` and `destroy` are done by others below.
        if (way === 'crash') {
          // Far enough apart that the window is not given up.
          keeper.webContents.reload();
        } else keeper.webContents.reloadIgnoringCache();
        await done;
        await later(40);
      }
      return { start, end: count() };
    },
    { total: cycles, ways: endings },
  );
  expect(counts.end).toEqual(counts.start);

  const after = await stream.diagnosticsUntil(
    (seen) => pagesOf(seen).length === 1 && pagesOf(seen)[0]?.state === 'live',
  );
  expect(after.services.map(({ name }) => name).sort()).toEqual(
    before.services.map(({ name }) => name).sort(),
  );
  await stream.close();
});
