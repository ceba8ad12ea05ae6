import { screen, type BrowserWindow } from 'electron';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { placeQuickView } from './quick-view-placement.ts';
import { recoverRenderer } from './renderer-recovery.ts';
import type { Bounds } from './window-state.ts';
import { createWindow, pageAddress, type WindowOptions } from './windows.ts';

export interface QuickViewOptions extends Pick<WindowOptions, 'preloadPath' | 'iconPath' | 'log'> {
  readonly clock: Clock;
  /** Where the tray icon is, if there is one that says so. */
  readonly trayBounds: () => Bounds | null;
  readonly onCreated: (window: BrowserWindow) => void;
}

const size = { width: 360, height: 520 };
/** How long it is kept, hidden, for the next click. Hidden it costs no processor time, but memory. */
const keepHiddenMs = 30_000;
/** A click on the tray icon takes the focus first, and so hides what it is about to toggle. */
const sameClickMs = 300;

/** The tray's quick view: a small frameless window that goes as soon as something else is attended to. */
export class QuickView {
  readonly #options: QuickViewOptions;
  #window: BrowserWindow | null = null;
  #hiddenAtMs = -Infinity;
  #expiry: AbortController | null = null;

  constructor(options: QuickViewOptions) {
    this.#options = options;
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() === true;
  }

  /** What a click on the tray icon does. */
  toggle(): void {
    if (this.isVisible) this.hide();
    else if (this.#options.clock.monotonic() - this.#hiddenAtMs > sameClickMs) this.open();
  }

  /** Shows it near the tray, making it first where there is none. */
  open(): void {
    this.#expiry?.abort();
    this.#expiry = null;
    const window = this.#window ?? this.#create();
    window.setBounds(this.#place());
    if (window.webContents.isLoading()) return; // Shown as soon as it is drawn.
    this.#show(window);
  }

  /** Hides it, and ends it unless it is opened again soon. Does nothing where it is hidden. */
  hide(): void {
    const window = this.#window;
    if (!window?.isVisible()) return;
    window.hide();
    this.#hiddenAtMs = this.#options.clock.monotonic();
    const expiry = new AbortController();
    this.#expiry = expiry;
    this.#options.clock.sleep(keepHiddenMs, expiry.signal).then(
      () => this.destroy(),
      () => undefined,
    );
  }

  destroy(): void {
    this.#window?.destroy();
  }

  #show(window: BrowserWindow): void {
    window.show();
    window.focus();
  }

  #create(): BrowserWindow {
    const { preloadPath, iconPath, log, clock } = this.#options;
    const window = createWindow({
      page: 'quick.html',
      preloadPath,
      iconPath,
      log,
      look: {
        title: 'Pulsewire quick view',
        ...this.#place(),
        frame: false,
        resizable: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        skipTaskbar: true,
        alwaysOnTop: true,
      },
    });
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
      this.#expiry?.abort();
      this.#expiry = null;
    });
    window.once('ready-to-show', () => this.#show(window));
    window.on('blur', () => {
      // Looking into it with the developer tools is not leaving it.
      if (!window.webContents.isDevToolsFocused()) this.hide();
    });
    window.webContents.on('before-input-event', (event, input) => {
      if (input.type !== 'keyDown' || input.key !== 'Escape') return;
      event.preventDefault();
      this.hide();
    });
    recoverRenderer(window, { clock, log });
    this.#options.onCreated(window);
    window.loadURL(pageAddress('quick.html')).catch((error: unknown) => {
      if (!window.isDestroyed()) log('warning', `The quick view could not be loaded: ${String(error)}`);
    });
    return window;
  }

  #place(): Bounds {
    const cursor = screen.getCursorScreenPoint();
    const tray = this.#options.trayBounds();
    const display =
      tray && tray.width > 0 ? screen.getDisplayMatching(tray) : screen.getDisplayNearestPoint(cursor);
    return placeQuickView({ size, tray, cursor, workArea: display.workArea });
  }
}
