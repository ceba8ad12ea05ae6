import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createWindow, guardSession, pageAddress } from './windows.ts';

const electron = vi.hoisted(() => ({
  opened: [] as string[],
  windows: [] as { options: BrowserWindowConstructorOptions; contents: FakeContents; window: EventEmitter }[],
}));

type OpenHandler = (details: { url: string }) => { action: string };

interface FakeContents extends EventEmitter {
  onOpen: OpenHandler | null;
}

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class Contents extends Emitter {
    onOpen: OpenHandler | null = null;
    setWindowOpenHandler(handler: OpenHandler): void {
      this.onOpen = handler;
    }
  }
  class BrowserWindow extends Emitter {
    readonly webContents = new Contents();
    constructor(options: BrowserWindowConstructorOptions) {
      super();
      electron.windows.push({ options, contents: this.webContents, window: this });
    }
  }
  return {
    BrowserWindow,
    nativeTheme: { shouldUseDarkColors: false },
    shell: { openExternal: async (url: string) => void electron.opened.push(url) },
  };
});

/** Every permission that Electron asks its handlers about. Source: electronjs.org/docs/latest/api/session. */
const permissions = [
  'accessibility-events',
  'background-sync',
  'ambient-light-sensor',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'payment-handler',
  'pointerLock',
  'screen-wake-lock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'unknown',
  'usb',
  'window-management',
];
const whatAWallScreenNeeds = ['clipboard-sanitized-write', 'fullscreen', 'screen-wake-lock'];

const mainFolder = import.meta.dirname;
/** Sources of the main process and the preload, without their tests. */
const sources = [mainFolder, join(mainFolder, '..', 'preload')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|testing\//.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);
const filesWith = (pattern: RegExp): string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

function openWindow(): (typeof electron.windows)[number] {
  createWindow({
    page: 'index.html',
    preloadPath: '/preload.cjs',
    iconPath: null,
    look: { width: 800 },
    log: () => undefined,
  });
  return electron.windows.at(-1)!;
}

describe('windows', () => {
  beforeEach(() => void electron.opened.splice(0));

  it('are made in one module, shown from app:// and never from a file', () => {
    expect(filesWith(/new (BrowserWindow|BaseWindow|BrowserView|WebContentsView)\b/)).toEqual(['windows.ts']);
    expect(filesWith(/\.loadFile\(|file:\/\/|pathToFileURL/)).toEqual([]);
    expect(pageAddress('index.html')).toBe('app://pulsewire/index.html');
    for (const { text } of sources) {
      for (const [, given] of text.matchAll(/\.loadURL\(([^)]*)/g)) expect(given).toMatch(/^(pageA|a)ddress/);
    }
  });

  it('hear pages in one module, and hand addresses to the browser in one', () => {
    expect(filesWith(/\bipcMain\b/)).toEqual(['ipc-endpoint.ts']);
    expect(filesWith(/\.openExternal\(/)).toEqual(['windows.ts']);
  });

  it('are isolated and sandboxed, whatever their look', () => {
    expect(openWindow().options.webPreferences).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
      safeDialogs: true,
    });
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'go nowhere by %s, but to where they are',
    (event) => {
      const { contents } = openWindow();
      const prevented = (url: string): boolean => {
        const preventDefault = vi.fn();
        contents.emit(event, { url, preventDefault });
        return preventDefault.mock.calls.length > 0;
      };
      for (const url of [
        'https://example.com/',
        'http://127.0.0.1:9740/',
        'file:///etc/passwd',
        'app://pulsewire/quick.html',
        'app://pulsewire/index.html/..',
        'app://other/index.html',
        'data:text/html,x',
        'javascript:1',
        'blob:app://pulsewire/0',
        '',
      ]) {
        expect([url, prevented(url)]).toEqual([url, true]);
      }
      expect(prevented('app://pulsewire/index.html#memory')).toBe(false);
    },
  );

  it('embed no webview and open no window; what is on the list goes to the browser', async () => {
    const { contents, window } = openWindow();
    for (const [from, event] of [
      [contents, 'will-attach-webview'],
      [window, 'page-title-updated'],
    ] as const) {
      const preventDefault = vi.fn();
      from.emit(event, { preventDefault });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://pulsewire/index.html']) {
      expect(contents.onOpen?.({ url })).toEqual({ action: 'deny' });
    }
    expect(electron.opened).toEqual([]);
    expect(contents.onOpen?.({ url: 'https://docs.kernel.org/proc.html' })).toEqual({ action: 'deny' });
    expect(electron.opened).toEqual(['https://docs.kernel.org/proc.html']);
  });
});

describe('the session of the windows', () => {
  type Handler = (...all: unknown[]) => unknown;
  const handlers = new Map<string, Handler | null>();
  const events = new EventEmitter();
  const session = new Proxy(events, {
    get: (target, name: string) =>
      name.startsWith('set')
        ? (handler: Handler | null) => void handlers.set(name, handler)
        : Reflect.get(target, name),
  }) as unknown as Session;
  guardSession(session);
  const call = (name: string, ...all: unknown[]): unknown => handlers.get(name)!(...all);

  it.each(['app://pulsewire/index.html', 'https://example.com/', ''])(
    'grants to %s no permission but what a wall screen needs, and that to ours alone',
    (address) => {
      const isOurs = address.startsWith('app://pulsewire/');
      for (const permission of permissions) {
        const wanted = isOurs && whatAWallScreenNeeds.includes(permission);
        let decided: unknown;
        call('setPermissionRequestHandler', { getURL: () => address }, permission, (granted: unknown) => {
          decided = granted;
        });
        expect([permission, decided]).toEqual([permission, wanted]);
        const origin = isOurs ? 'app://pulsewire/' : address;
        expect(call('setPermissionCheckHandler', null, permission, origin)).toBe(wanted);
      }
    },
  );

  it('hands out no device and no picture of the screen, and saves nothing from elsewhere', () => {
    expect(call('setDevicePermissionHandler', { deviceType: 'usb' })).toBe(false);
    // What it would return are the classes that stay out of reach: unset, all of them do.
    expect(handlers.has('setUSBProtectedClassesHandler')).toBe(false);
    expect(call('setBluetoothPairingHandler', {}, () => expect.fail('paired'))).toBeUndefined();
    expect(handlers.get('setDisplayMediaRequestHandler')).toBeNull();
    for (const [address, isKept] of [
      ['blob:app://pulsewire/0', true],
      ['https://example.com/setup.exe', false],
    ] as const) {
      const preventDefault = vi.fn();
      events.emit('will-download', { preventDefault }, { getURL: () => address });
      expect(preventDefault.mock.calls.length === 0).toBe(isKept);
    }
  });
});
