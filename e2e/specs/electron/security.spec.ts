import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';

test('the page has no Node, and of Electron four keys', async ({ app }) => {
  const { page } = await DashboardWindow.of(app);
  const seen = await page.evaluate(() => {
    const bridge = (globalThis as unknown as { pulsewire: Record<string, unknown> }).pulsewire;
    return {
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      module: typeof (globalThis as { module?: unknown }).module,
      keys: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge),
    };
  });
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    module: 'undefined',
    keys: ['connect', 'invoke', 'platform', 'settings'],
    frozen: true,
  });
});

test('every window is sandboxed, isolated and without Node', async ({ startApp }) => {
  for (const args of [[], ['--quick']]) {
    const app = await startApp({ args });
    await app.firstWindow();
    const preferences = await app.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        // Not in the public types; what the window really got, not what was asked for.
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown> | null;
        };
        const given = contents.getLastWebPreferences();
        return [
          given?.['sandbox'],
          given?.['contextIsolation'],
          given?.['nodeIntegration'],
          given?.['webviewTag'],
        ];
      }),
    );
    expect(preferences).toEqual([[true, true, false, false]]);
  }
});

test('a page comes with a strict policy, and only files of the build are served', async ({ app }) => {
  const { page } = await DashboardWindow.of(app);
  const response = await page.reload();
  const headers = response?.headers() ?? {};
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toMatch(/unsafe-|\*|https?:/);
  expect(headers['x-content-type-options']).toBe('nosniff');

  const statuses = await app.application.evaluate(async ({ session }) => {
    const addresses = [
      'app://pulsewire/index.html',
      'app://pulsewire/manifest.json',
      'app://pulsewire/../package.json',
      'app://pulsewire/%2e%2e/%2e%2e/package.json',
      'app://pulsewire/..%2f..%2fpackage.json',
      'app://elsewhere/index.html',
    ];
    return Promise.all(
      addresses.map(async (address) => (await session.defaultSession.fetch(address)).status),
    );
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});

test('script that is written into the page does not run', async ({ app }) => {
  const { page } = await DashboardWindow.of(app);
  const ran = await page.evaluate(async () => {
    const marked = globalThis as unknown as { injected?: boolean };
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'globalThis.injected = true');
    image.src = 'app://pulsewire/none.png';
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return marked.injected === true;
  });
  expect(ran).toBe(false);
});

test('the page opens no window, goes nowhere, and is granted nothing but what a wall screen needs', async ({
  app,
}) => {
  const { page } = await DashboardWindow.of(app);
  const address = page.url();
  const granted = await page.evaluate(async () => {
    const opened = window.open('https://example.com/', '_blank');
    const popup = window.open('app://pulsewire/index.html');
    const notifications = await Notification.requestPermission();
    const ask = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const [position, read, write] = [ask('geolocation'), ask('clipboard-read'), ask('clipboard-write')];
    return [opened === null, popup === null, notifications, await position, await read, await write];
  });
  // What a chart gives may be copied; what somebody else has copied is not read.
  expect(granted).toEqual([true, true, 'denied', 'denied', 'denied', 'granted']);
  const awake = await page.evaluate(async () => {
    const lock = await navigator.wakeLock.request('screen');
    await lock.release();
    return lock.released;
  });
  expect(awake).toBe(true);

  for (const target of ['https://example.com/', 'file:///etc/passwd', 'app://pulsewire/quick.html']) {
    await page.evaluate((url) => {
      location.href = url;
    }, target);
    await page.waitForTimeout(200);
    expect(page.url()).toBe(address);
  }
  const embedded = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'https://example.com/');
    document.body.append(frame, webview);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return frame.contentDocument === null && window.length <= 1 && !('getURL' in webview);
  });
  expect(embedded).toBe(true);
  expect(app.application.windows()).toHaveLength(1);
});

test('messages from a page that is not ours, or that do not parse, are refused', async ({ startApp }) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  await DashboardWindow.of(app);
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  await stream.diagnosticsUntil((seen) => pagesOf(seen)[0]?.state === 'live');

  const answers = await app.application.evaluate(async ({ app: electron, BrowserWindow, ipcMain }) => {
    // A window that nobody registered, with our preload, at our own address: only the registration is missing.
    const ours = BrowserWindow.getAllWindows()[0];
    const contents = ours?.webContents as unknown as { getLastWebPreferences(): { preload?: string } | null };
    const preload = contents.getLastWebPreferences()?.preload ?? '';
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await stranger.loadURL('app://pulsewire/index.html');
    const script = `(async () => {
      try { await window.pulsewire.invoke('appInfo'); return 'answered'; } catch { return 'refused'; }
    })()`;
    const fromStranger: unknown = await stranger.webContents.executeJavaScript(script);
    stranger.destroy();
    const fromOurs: unknown = await ours?.webContents.executeJavaScript(script);

    // Payloads of every wrong shape, as if from our own page.
    const event = { sender: ours?.webContents, senderFrame: ours?.webContents.mainFrame };
    for (const payload of [
      null,
      1,
      'x',
      {},
      { view: 'window' },
      { view: 'other', frame: 'x' },
      { view: 'tray', frame: '{}' },
      { view: 'window', frame: 'x'.repeat(70_000) },
      { view: 'window', frame: { toString: 1 } },
    ]) {
      ipcMain.emit('pulsewire:client-frame', event, payload);
    }
    return { fromStranger, fromOurs, isRunning: electron.isReady() };
  });
  expect(answers).toEqual({ fromStranger: 'refused', fromOurs: 'answered', isRunning: true });
  const after = await stream.diagnosticsUntil((seen) => pagesOf(seen).length > 0);
  expect(pagesOf(after)).toMatchObject([{ kind: 'window', state: 'live' }]);
  await stream.close();
});
