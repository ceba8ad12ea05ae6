import {
  BrowserWindow,
  nativeTheme,
  shell,
  type BrowserWindowConstructorOptions,
  type Session,
} from 'electron';
import type { Log } from '../node/server/log.ts';
import { parseExternalLink } from './external-links.ts';
import { isOwnFile, isGranted } from './page-grants.ts';
import { appOrigin } from './renderer-files.ts';

export interface WindowOptions {
  /** File of the renderer that it shows. */
  readonly page: 'index.html' | 'quick.html';
  readonly preloadPath: string;
  readonly iconPath: string | null;
  /** What of its frame, size and place differs. Nothing of what protects it. */
  readonly look: Omit<
    BrowserWindowConstructorOptions,
    'webPreferences' | 'show' | 'backgroundColor' | 'icon'
  >;
  readonly log: Log;
}

/** The page's background, so that a window that is not drawn yet does not flash. As in the renderer's styles. */
const backgrounds = { dark: '#0e1014', light: '#f3f4f6' } as const;

/**
 * The one place that makes windows. Hidden at first. Its page is sandboxed, isolated and ours alone: it opens
 * no other window, goes nowhere else, embeds nothing, and is granted nothing but `guardSession` says. Nothing is loaded yet.
 */
export function createWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...options.look,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    ...(options.iconPath !== null && { icon: options.iconPath }),
    webPreferences: {
      preload: options.preloadPath,
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
    },
  });
  guardPage(window, options);
  return window;
}

/** The address of a page of the renderer. */
export function pageAddress(page: WindowOptions['page']): string {
  return `${appOrigin}/${page}`;
}

/**
 * Denies every permission, device and capture request of a session, but for what a page of ours gives to whoever asked for it:
 * a layout, a picture or the data of a chart, onto the clipboard or into a file whose place is asked for. Once a session, before its first
 * window. And a wall screen may fill the screen and keep it awake.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) =>
    decide(isGranted(permission, contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setBluetoothPairingHandler(() => undefined);
  session.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL())) event.preventDefault();
  });
}

function guardPage(window: BrowserWindow, { page, log }: WindowOptions): void {
  const { webContents } = window;
  const ownAddress = pageAddress(page);
  const stayHere = (event: { preventDefault(): void; readonly url: string }): void => {
    // A reload by the page itself is a navigation to where it is.
    if (event.url.split('#', 1)[0] === ownAddress) return;
    event.preventDefault();
    log('warning', `A page was kept from going elsewhere.`);
  };
  webContents.on('will-navigate', stayHere);
  webContents.on('will-redirect', stayHere);
  webContents.on('will-frame-navigate', stayHere);
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    const link = parseExternalLink(url);
    if (link !== null) {
      shell
        .openExternal(link)
        .catch((error: unknown) => log('warning', `The browser could not be opened: ${String(error)}`));
    }
    return { action: 'deny' };
  });
  // The title is the app's, not whatever a page says.
  window.on('page-title-updated', (event) => event.preventDefault());
}
