import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ElectronApp } from '../../fixtures/electron-app.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow, FiguresPage } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream } from '../../models/host-stream.ts';
import type { PulsewireBridge } from '../../../src/shared/protocol/ipc-channels.ts';
import { QuickViewWindow } from '../../models/quick-view-window.ts';

/** Crashes the page of a window, and says how many milliseconds later it shows figures again; null where it did not within 8 s. */
function crashAndComeBack(app: ElectronApp, which: 'quick' | 'host'): Promise<number | null> {
  return app.application.evaluate(async ({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find((each) =>
      wanted === 'quick'
        ? each.webContents.getURL().includes('/quick.html')
        : each.getTitle().endsWith('— Pulsewire'),
    )!;
    const { webContents } = window;
    const crashedMs = performance.now();
    const gone = new Promise<void>((resolve) => webContents.once('render-process-gone', () => resolve()));
    webContents.forcefullyCrashRenderer();
    await gone;
    while (performance.now() - crashedMs < 8_000) {
      if (!webContents.isCrashed() && !webContents.isLoading()) {
        const value: unknown = await webContents.executeJavaScript(
          `document.querySelector('[data-testid="cpu-total"]')?.dataset.value ?? ''`,
        );
        if (value !== '') return performance.now() - crashedMs;
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return null;
  }, which);
}

/** It draws, and goes on doing so. */
async function expectDrawing(page: Page): Promise<void> {
  const before = await page.screenshot();
  await expect.poll(async () => (await page.screenshot()).equals(before)).toBe(false);
}

test('promise: renderer or GPU process crashes: quick view and host windows are back in 3 s, and one that keeps crashing says so', async ({
  startApp,
  host,
}) => {
  const port = await findFreePort();
  const query = new URLSearchParams({ host: host.url, code: host.pairingCode }).toString();
  const app = await startApp({ args: ['--port', String(port), `pulsewire://pair?${query}`] });
  const { page } = await DashboardWindow.of(app);
  const coming = app.application.waitForEvent('window');
  await page.getByTestId('watch-submit').click();
  await new FiguresPage(await coming).expectLive();
  const quick = await QuickViewWindow.openBySecondStart(app);
  // So that it stays, whatever window has the focus.
  await quick.page.evaluate(() =>
    (globalThis as unknown as { pulsewire: PulsewireBridge }).pulsewire.invoke('setQuickViewOnTop', {
      isOnTop: true,
    }),
  );
  await quick.expectLive();
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'view'), ['cpu']);
  await expect.poll(() => stream.samples.length).toBeGreaterThan(1);
  await app.application.evaluate(({ dialog }) => {
    const said: unknown[] = ((globalThis as { said?: unknown[] }).said = []);
    dialog.showMessageBox = async (...args: unknown[]) => {
      said.push((args.at(-1) as { message: string }).message);
      // "Try again".
      return { response: 0, checkboxChecked: false };
    };
  });
  const said = () => app.application.evaluate(() => (globalThis as { said?: unknown[] }).said);

  for (const which of ['host', 'quick', 'quick'] as const) {
    const ms = await crashAndComeBack(app, which);
    expect(ms, `${which} in ms`).not.toBeNull();
    expect(ms).toBeLessThan(3_000);
  }
  expect(await said()).toEqual([]);
  // The third within a minute is not mended before somebody has been asked.
  expect(await crashAndComeBack(app, 'quick')).not.toBeNull();
  expect(await said()).toEqual(['The window stopped working several times within a minute.']);
  await stream.expectNoneMissing();
  await stream.close();
});

test('promise: renderer or GPU process crashes: nobody misses a sample when the graphics process dies, and after three times the next start does without', async ({
  startApp,
}) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pulsewire-graphics-'));
  const port = await findFreePort();
  const start = () =>
    startApp({ dataFolder, settings: '{"view": {"tourSeen": true}}', args: ['--port', String(port)] });
  const graphicsId = (app: ElectronApp) =>
    app.application.evaluate(
      ({ app: electron }) => electron.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? null,
    );
  /** What Chromium tells pages where graphics hardware is left alone. */
  const drawsInSoftware = (app: ElectronApp): boolean =>
    app.processes().some(({ command }) => command.includes('--disable-gpu-compositing'));
  /** Whether a start has decided on that; where there is no hardware Chromium draws in software anyway. */
  const isLeftAlone = async (): Promise<boolean> => {
    const log = await readFile(join(dataFolder, 'logs', 'pulsewire.log'), 'utf8');
    return log.includes('Graphics hardware is left alone');
  };
  const app = await start();
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  expect(await isLeftAlone()).toBe(false);
  // Figures are in a page before its first frame is on the screen.
  await expectDrawing(dashboard.page);
  const stream = await HostStream.open(port, await createToken(dataFolder, 'view'), ['cpu']);
  for (let turn = 0; turn < 3; turn++) {
    await expect.poll(() => graphicsId(app)).not.toBeNull();
    const id = await graphicsId(app);
    process.kill(id!, 'SIGKILL');
    await expect.poll(() => graphicsId(app)).not.toBe(id);
  }
  await stream.expectNoneMissing();
  await stream.close();
  await expectDrawing(dashboard.page);
  expect(JSON.parse(await readFile(join(dataFolder, 'graphics.json'), 'utf8'))).toMatchObject({
    chromium: await app.application.evaluate(() => process.versions.chrome),
  });
  const exited = once(app.application.process(), 'exit');
  await app.application.evaluate(({ app: electron }) => electron.quit());
  await exited;

  const again = await start();
  await (await DashboardWindow.of(again)).expectLive();
  expect(drawsInSoftware(again)).toBe(true);
  await expect.poll(isLeftAlone).toBe(true);
  await again.close();
  await rm(dataFolder, { recursive: true, force: true });
});
