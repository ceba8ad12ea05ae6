import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures/test.ts';
import type { ElectronApp } from '../../fixtures/electron-app.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';
import { channelNames, giveRawIpc, rawIpcPreload, sayGoodThings, type RawIpc } from '../../models/raw-ipc.ts';

const payloadsAChannel = 1_000;

test('what no page of ours says is refused on every channel, whoever says it, and nothing comes of it', async ({
  startApp,
}) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  const { page } = await DashboardWindow.of(app);
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  const log = readLog(app);
  await giveRawIpc(app);
  await page.reload();
  const before = pagesOf(
    await stream.diagnosticsUntil((seen) => pagesOf(seen).some(({ state }) => state === 'live')),
  );

  await test.step('a thousand malformed payloads a channel from a page of ours', async () => {
    const answers = await page.evaluate(
      ([channels, count]) =>
        (globalThis as unknown as { rawIpc: RawIpc }).rawIpc.fuzz(channels, 20_261_126, count),
      [channelNames, payloadsAChannel] as const,
    );
    expect(answers.tooMany).toBeGreaterThan(10);
    expect(answers).toMatchObject({
      sent: 4 * payloadsAChannel,
      failed: payloadsAChannel,
      answered: 0,
      settings: 0,
    });
    const polluted = await app.application.evaluate(() => 'polluted' in Object.prototype);
    expect(polluted).toBe(false);
    // What another process writes is read a while after it.
    await expect.poll(() => countRefusals(app)).toBe(20);
    expect(log().length).toBeLessThan(30);
  });

  await test.step('a frame inside of it', async () => {
    expect(await askFromFrame(app, page)).toEqual({
      bridge: 'undefined',
      frames: 1,
      call: 'failed',
      settings: null,
    });
  });

  await test.step('a second window that nobody registered, with the same preload at the same address', async () => {
    const opened = app.application.waitForEvent('window');
    await app.application.evaluate(async ({ BrowserWindow, app: electron }, preload) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      electron.once('before-quit', () => stranger.destroy());
      await stranger.loadURL('app://pulsewire/index.html');
    }, rawIpcPreload);
    const stranger = await opened;
    expect(await sayGoodThings(stranger)).toEqual({ call: 'failed', settings: 'refused' });
    await stranger.close();
  });

  await test.step('the same page at another origin', async () => {
    const elsewhere = createServer((_, response) => response.end('<!doctype html><title>elsewhere</title>'));
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port: otherPort } = elsewhere.address() as AddressInfo;
    try {
      for (const address of [`http://127.0.0.1:${otherPort}/`, 'data:text/html,<title>elsewhere</title>']) {
        await load(app, address);
        await expect.poll(() => page.url()).toBe(address);
        expect(await sayGoodThings(page)).toEqual({ call: 'failed', settings: 'refused' });
      }
    } finally {
      elsewhere.close();
    }
    const none = await stream.diagnosticsUntil((seen) => pagesOf(seen).length === 0);
    expect(none.clients.map(({ name }) => name)).toEqual(['e2e']);
    await load(app, 'app://pulsewire/index.html');
  });

  // Of the first page one session went, by its navigation; not one of them had another since, or an error.
  const after = await stream.diagnosticsUntil((seen) => pagesOf(seen).some(({ state }) => state === 'live'));
  expect(pagesOf(after)).toMatchObject([{ kind: 'window', lastError: null }]);
  const gone = after.closed.find(({ id }) => id === before[0]?.id);
  expect(gone).toMatchObject({ reason: expect.stringMatching(/reloaded/), tasksLeft: 0 });
  expect(await sayGoodThings(page)).toMatchObject({ call: 'answered', settings: 'told' });
  expect(await countRefusals(app)).toBeLessThanOrEqual(20);
  await stream.close();
});

/** Lines that the app has written since, on standard error. */
function readLog(app: ElectronApp): () => readonly string[] {
  let text = '';
  app.application.process().stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text.split('\n').filter((line) => line.startsWith('pulsewire:') || /Error|at /.test(line));
}

/** How many refusals stand in the app's log, from its start on; no more than so many a minute are written. */
async function countRefusals(app: ElectronApp): Promise<number> {
  const log = await readFile(join(app.dataFolder, 'logs', 'pulsewire.log'), 'utf8');
  return log.split('\n').filter((line) => line.includes('was refused')).length;
}

/** Main itself takes the window elsewhere, as a page cannot. */
function load(app: ElectronApp, address: string): Promise<void> {
  return app.application.evaluate(
    ({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.loadURL(url),
    address,
  );
}

/**
 * A frame of the page's own has no preload, so that it has no way of its own to main; and a message that came from it all the
 * same, handed to whoever hears the channels, is refused.
 */
async function askFromFrame(app: ElectronApp, page: Page): Promise<unknown> {
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.srcdoc = '<p>inside</p>';
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  });
  const asked = await app.application.evaluate(async ({ BrowserWindow, ipcMain }, channels) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const inner = contents?.mainFrame.frames ?? [];
    const bridge: unknown = await inner[0]?.executeJavaScript('typeof window.pulsewire');
    const event = { sender: contents, senderFrame: inner[0], returnValue: undefined as unknown };
    ipcMain.emit(channels.readSettings, event);
    ipcMain.emit(channels.clientClose, event, { view: 'window' });
    // Not in the public types: what `handle` was given.
    const { _invokeHandlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, (event: unknown, payload: unknown) => Promise<{ status: string }>>;
    };
    const answer = await _invokeHandlers.get(channels.invoke)?.(event, { method: 'quit' });
    return { bridge, frames: inner.length, call: answer?.status, settings: event.returnValue };
  }, channelNames);
  await page.evaluate(() => document.querySelector('iframe')?.remove());
  return asked;
}
