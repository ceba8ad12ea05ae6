import type { Page } from '@playwright/test';
import { ElectronApp } from '../../fixtures/electron-app.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';

// Of one app: nothing that is tried here changes it.
let app: ElectronApp;
let page: Page;

test.beforeAll(async () => {
  app = await ElectronApp.start();
  ({ page } = await DashboardWindow.of(app));
});
test.afterAll(() => app?.close());

test('the page has no Node, and of Electron the bridge’s keys alone', async () => {
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
    keys: ['connect', 'invoke', 'platform', 'settings', 'updates'],
    frozen: true,
  });
});

test('every window is sandboxed, isolated and without Node, and shows a page of app://', async () => {
  const opened = app.application.waitForEvent('window');
  await app.application.evaluate(({ app: electron }) =>
    electron.emit('second-instance', {}, [], '', { view: 'quick', link: null }),
  );
  // A window is there before its page is.
  await (await opened).waitForURL(/\/quick\.html$/);
  const windows = await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Not in the public types; what the window really got, not what was asked for.
      const contents = webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown> | null;
      };
      const given = contents.getLastWebPreferences();
      return {
        protocol: new URL(webContents.getURL()).protocol,
        sandbox: given?.['sandbox'],
        contextIsolation: given?.['contextIsolation'],
        nodeIntegration: given?.['nodeIntegration'],
        webviewTag: given?.['webviewTag'],
      };
    }),
  );
  const safe = {
    protocol: 'app:',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  };
  expect(windows).toEqual([safe, safe]);
  await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().includes('quick.html'))
      ?.close(),
  );
});

test('a page comes with a strict policy, and only files of the build are served', async () => {
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
  const ownFile = await page.evaluate(async () => {
    const image = new Image();
    const shown = new Promise((resolve) => {
      image.addEventListener('load', () => resolve('shown'));
      image.addEventListener('error', () => resolve('blocked'));
    });
    image.src = 'file:///usr/share/pixmaps/debian-logo.png';
    const fetched = await fetch('file:///etc/hostname').then(
      () => 'read',
      () => 'blocked',
    );
    return [await shown, fetched];
  });
  expect(ownFile).toEqual(['blocked', 'blocked']);
});

test('script that is written into the page does not run', async () => {
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

test('the page opens no window, goes nowhere, and is granted nothing but what a wall screen needs', async () => {
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

  // As if somebody had just clicked, which these ask for.
  const devices = await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      `Promise.all(
        [
          () => navigator.usb.requestDevice({ filters: [] }),
          () => navigator.hid.requestDevice({ filters: [] }).then((given) => given[0] ?? Promise.reject()),
          () => navigator.serial.requestPort(),
          () => navigator.mediaDevices.getDisplayMedia({ video: true }),
          () => navigator.mediaDevices.getUserMedia({ audio: true }),
          () => navigator.requestMIDIAccess({ sysex: true }),
          () => window.queryLocalFonts().then((fonts) => fonts[0] ?? Promise.reject()),
        ].map((ask) => ask().then(() => 'given', () => 'denied')),
      )`,
      true,
    ),
  );
  expect(devices).toEqual(Array(7).fill('denied'));

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
