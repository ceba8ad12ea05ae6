import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream } from '../../models/host-stream.ts';

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} ends the app with status 0, tells every client bye, and leaves no process`, async ({
    startApp,
  }) => {
    const port = await findFreePort();
    const app = await startApp({ args: ['--port', String(port)] });
    const dashboard = await DashboardWindow.of(app);
    await dashboard.expectLive();
    const stream = await HostStream.open(port, await createToken(app.dataFolder, 'view'), ['cpu']);
    await expect.poll(() => stream.samples.length).toBeGreaterThan(0);

    const program = app.application.process();
    const exited = once(program, 'exit');
    program.kill(signal);
    expect(await exited).toEqual([0, null]);
    await expect.poll(() => stream.closeCode).toBe(1001);
    expect(stream.messages.at(-1)).toMatchObject({ type: 'bye', code: 'shutdown' });
    await expect.poll(() => app.processes()).toEqual([]);
  });
}

test('a shutdown of the system waits for the app, which remembers where its window is and leaves no process', async ({
  app,
}) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const exited = once(app.application.process(), 'exit');
  // As logind's PrepareForShutdown arrives.
  const { isDelayed, placed } = await app.application.evaluate(({ BrowserWindow, powerMonitor }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    window.setBounds({ x: 40, y: 50, width: 800, height: 600 });
    const event = { isDelayed: false, preventDefault: () => (event.isDelayed = true) };
    (powerMonitor as NodeJS.EventEmitter).emit('shutdown', event);
    return { isDelayed: event.isDelayed, placed: window.getNormalBounds() };
  });
  expect(isDelayed).toBe(true);
  expect(await exited).toEqual([0, null]);
  await expect.poll(() => app.processes()).toEqual([]);
  const kept = JSON.parse(await readFile(join(app.dataFolder, 'window.json'), 'utf8')) as object;
  expect(kept).toMatchObject({ bounds: { width: placed.width, height: placed.height } });
});

test('closing the only window ends an app that has no tray, and its place is remembered', async ({
  startApp,
}) => {
  // A bus that does not exist: no tray.
  const app = await startApp({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } });
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const wanted = { x: 60, y: 70, width: 720, height: 560 };
  await app.application.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    wanted,
  );
  const placed = await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  const exited = once(app.application.process(), 'exit');
  await dashboard.close();
  expect(await exited).toEqual([0, null]);
  const kept: unknown = JSON.parse(await readFile(join(app.dataFolder, 'window.json'), 'utf8'));
  expect(kept).toEqual({ bounds: placed, maximized: false });
});
