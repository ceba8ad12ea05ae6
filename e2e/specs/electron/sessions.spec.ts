import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';

test.describe('what serves a page ends with the page', () => {
  let port: number;
  test.beforeEach(async () => {
    port = await findFreePort();
  });

  test('a reload disposes of the old session before the new one begins', async ({ startApp }) => {
    const app = await startApp({ args: ['--port', String(port)] });
    const dashboard = await DashboardWindow.of(app);
    const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
    const before = await stream.diagnosticsUntil((seen) => pagesOf(seen)[0]?.state === 'live');
    const [old] = pagesOf(before);

    await dashboard.page.reload();
    const after = await stream.diagnosticsUntil(
      (seen) => pagesOf(seen)[0]?.state === 'live' && pagesOf(seen)[0]?.id !== old?.id,
    );
    expect(pagesOf(after)).toHaveLength(1);
    const closed = after.closed.find(({ id }) => id === old?.id);
    expect(closed).toMatchObject({ kind: 'window', tasksLeft: 0, notStopped: [] });
    expect(closed?.reason).toBe('disconnected: The page was reloaded.');
    await stream.close();
  });

  test('promise: renderer or GPU process crashes: a crashed page is back within 3 s, and nobody else misses a sample', async ({
    startApp,
  }) => {
    const app = await startApp({ args: ['--port', String(port)] });
    const dashboard = await DashboardWindow.of(app);
    const token = await createToken(app.dataFolder, 'control');
    const stream = await HostStream.open(port, token, ['cpu', 'diagnostics']);
    await stream.diagnosticsUntil((seen) => pagesOf(seen)[0]?.state === 'live');

    const crashedMs = Date.now();
    await dashboard.crash();
    await stream.diagnosticsUntil(
      (seen) =>
        seen.closed.some(({ reason }) => /process/.test(reason)) && pagesOf(seen)[0]?.state === 'live',
    );
    // Diagnostics come once a second, so that what they show may be as old.
    expect(Date.now() - crashedMs).toBeLessThan(4_000);
    await expect.poll(() => dashboard.showsLiveFiguresAgain()).toBe(true);
    await stream.expectNoneMissing();
    await stream.close();
  });

  test('a page that keeps crashing is given up, and everybody else is still served', async ({ startApp }) => {
    const app = await startApp({ args: ['--port', String(port)] });
    const dashboard = await DashboardWindow.of(app);
    const token = await createToken(app.dataFolder, 'control');
    const stream = await HostStream.open(port, token, ['diagnostics']);
    for (let crash = 1; crash <= 3; crash++) {
      await stream.diagnosticsUntil((seen) => pagesOf(seen)[0]?.state === 'live');
      await dashboard.crash();
      await stream.diagnosticsUntil(
        (seen) => seen.closed.filter(({ reason }) => /process/.test(reason)).length === crash,
      );
    }
    await expect.poll(() => dashboard.isCrashed()).toBe(true);
    const length = stream.samples.length;
    await expect.poll(() => stream.samples.length).toBeGreaterThan(length + 2);
    expect(await dashboard.isCrashed()).toBe(true);
    await stream.close();
  });

  test('a window that is closed leaves nothing, and the app goes on for its other pages', async ({
    startApp,
  }) => {
    const app = await startApp({ args: ['--port', String(port), '--quick'] });
    const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
    const opened = await stream.diagnosticsUntil((seen) => pagesOf(seen)[0]?.state === 'live');
    expect(pagesOf(opened)).toMatchObject([{ kind: 'tray' }]);
    await app.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
    const after = await stream.diagnosticsUntil(
      (seen) => pagesOf(seen).length === 0 && seen.closed.length > 0,
    );
    expect(after.closed[0]).toMatchObject({ kind: 'tray', tasksLeft: 0, notStopped: [] });
    await stream.close();
  });
});
