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

const minimum = { width: 360, height: 480 };
const initial = { width: 1200, height: 820 };
/** After the last move or change of size, until it is remembered. */
const settleMs = 1_000;

/** The dashboard: one window, made when it is asked for and gone when it is closed. */
export class DashboardWindow {
  readonly #options: DashboardOptions;
  #window: BrowserWindow | null = null;

  constructor(options: DashboardOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Shows it in front, making it first where there is none. */
  open(): void {
    const window = this.#window;
    if (!window) {
      this.#create();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Ends it without asking anybody. */
  destroy(): void {
    this.#window?.destroy();
  }

  #create(): void {
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
      window.show();
    });
    rememberPlace(window, statePath, clock, log);
    recoverRenderer(window, { clock, log });
    this.#options.onCreated(window);
    window.loadURL(pageAddress('index.html')).catch((error: unknown) => {
      if (!window.isDestroyed()) log('warning', `The dashboard could not be loaded: ${String(error)}`);
    });
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

function rememberPlace(window: BrowserWindow, path: string, clock: Clock, log: Log): void {
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
}
