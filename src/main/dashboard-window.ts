import { nativeTheme, screen, type BrowserWindow } from 'electron';
import type { Log } from '../node/server/log.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { recoverRenderer } from './renderer-recovery.ts';
import { fitBounds, readWindowState, writeWindowState, type Bounds } from './window-state.ts';
import { createWindow, pageAddress, type WindowOptions } from './windows.ts';

export interface DashboardOptions extends Pick<WindowOptions, 'preloadPath' | 'iconPath' | 'log'> {
  readonly clock: Clock;
  /** Where its place is remembered. */
  readonly statePath: string;
  /** Called with a new window before its page is loaded, which is when it must be let in. */
  readonly onCreated: (window: BrowserWindow) => void;
  readonly onClosed: () => void;
}

/** A page of the dashboard, by its name in the page's address. */
export type DashboardPage = string;

const minimum = { width: 360, height: 480 };
const initial = { width: 1200, height: 820 };
/** After the last move or change of size, until it is remembered. */
const settleMs = 1_000;

/** The dashboard: one window, made when it is asked for and gone when it is closed. */
export class DashboardWindow {
  readonly #options: DashboardOptions;
  #window: BrowserWindow | null = null;
  #rememberPlace: () => void = () => undefined;

  constructor(options: DashboardOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Whether its user can see it, as far as the desktop tells. */
  get isVisible(): boolean {
    return this.#window?.isVisible() === true && !this.#window.isMinimized();
  }

  /** The id of its contents; null where there is none. */
  get contentsId(): number | null {
    return this.#window?.webContents.id ?? null;
  }

  /** Whether the contents are of its page. */
  has(contentsId: number): boolean {
    return this.#window?.webContents.id === contentsId;
  }

  /** Shows it in front, making it first where there is none, at the page given. */
  open(page?: DashboardPage): void {
    const window = this.#window;
    if (!window) {
      this.#create(page, 'front');
      return;
    }
    if (page !== undefined) this.#goTo(window, page);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Makes it be noticed, and takes the keyboard from nobody. Where there is none it is made, at the page given. */
  drawAttention(page: DashboardPage): void {
    const window = this.#window;
    if (!window) this.#create(page, 'behind');
    else if (!window.isFocused()) window.flashFrame(true);
  }

  /** Ends it without asking anybody. */
  destroy(): void {
    // One that was moved a moment ago, by an app that ends: a window that is destroyed is told nothing.
    this.#rememberPlace();
    this.#window?.destroy();
  }

  #goTo(window: BrowserWindow, page: DashboardPage): void {
    const address = `${pageAddress('index.html')}#${page}`;
    // To where it is already would be a reload.
    if (window.webContents.getURL() !== address) this.#load(window, address);
  }

  #load(window: BrowserWindow, address: string): void {
    window.loadURL(address).catch((error: unknown) => {
      // Another page was asked for while it was on its way.
      if ((error as NodeJS.ErrnoException).code === 'ERR_ABORTED') return;
      if (!window.isDestroyed()) {
        this.#options.log('warning', `The dashboard could not be loaded: ${String(error)}`);
      }
    });
  }

  #create(page: DashboardPage | undefined, place: 'front' | 'behind'): void {
    const { preloadPath, iconPath, log, clock, statePath } = this.#options;
    const remembered = readWindowState(statePath);
    const window = createWindow({
      page: 'index.html',
      preloadPath,
      iconPath,
      log,
      look: {
        title: 'Pulsewire',
        ...placeDashboard(remembered?.bounds ?? null),
        minWidth: minimum.width,
        minHeight: minimum.height,
        autoHideMenuBar: true,
        darkTheme: nativeTheme.shouldUseDarkColors,
      },
    });
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
      this.#options.onClosed();
    });
    window.once('ready-to-show', () => {
      if (remembered?.maximized === true) window.maximize();
      if (place === 'front') window.show();
      else {
        window.showInactive();
        window.flashFrame(true);
      }
    });
    window.on('focus', () => window.flashFrame(false));
    this.#rememberPlace = rememberPlace(window, statePath, clock, log);
    recoverRenderer(window, { clock, log });
    this.#options.onCreated(window);
    this.#load(
      window,
      page === undefined ? pageAddress('index.html') : `${pageAddress('index.html')}#${page}`,
    );
  }
}

function placeDashboard(remembered: Bounds | null): Partial<Bounds> {
  const primary = screen.getPrimaryDisplay().workArea;
  if (!remembered) {
    return {
      width: Math.max(minimum.width, Math.min(initial.width, primary.width)),
      height: Math.max(minimum.height, Math.min(initial.height, primary.height)),
    };
  }
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  return fitBounds(remembered, [primary, ...areas], minimum);
}

/** Remembers it after each move and when it is closed. Returns what does so at once. */
function rememberPlace(window: BrowserWindow, path: string, clock: Clock, log: Log): () => void {
  let settling: AbortController | null = null;
  const remember = (): void => {
    settling?.abort();
    settling = null;
    if (window.isDestroyed() || window.isMinimized()) return;
    try {
      writeWindowState(path, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      log('warning', `The window's place could not be remembered in ${path}: ${String(error)}`);
    }
  };
  const settle = (): void => {
    settling?.abort();
    settling = new AbortController();
    clock.sleep(settleMs, settling.signal).then(remember, () => undefined);
  };
  window.on('resize', settle);
  window.on('move', settle);
  window.on('maximize', settle);
  window.on('unmaximize', settle);
  window.on('close', remember);
  window.once('closed', () => settling?.abort());
  return remember;
}
