import { screen, type BrowserWindow } from 'electron';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { placeQuickView } from './quick-view-placement.ts';
import { readQuickViewState, writeQuickViewState, type QuickViewState } from './quick-view-state.ts';
import { recoverRenderer } from './renderer-recovery.ts';
import { fitBounds, type Bounds } from './window-state.ts';
import { createWindow, pageAddress, type WindowOptions } from './windows.ts';

export interface QuickViewOptions extends Pick<WindowOptions, 'preloadPath' | 'iconPath' | 'log'> {
  readonly clock: Clock;
  /** Where it is remembered whether, and where, it is kept on top. */
  readonly statePath: string;
  /** Where the tray icon is, if there is one that says so. */
  readonly trayBounds: () => Bounds | null;
  readonly onCreated: (window: BrowserWindow) => void;
  readonly onTopChanged: (isOnTop: boolean) => void;
}

const fullSize = { width: 360, height: 560 };
/** On top: a strip of figures. Its page is told by this fragment of its address. */
const onTopSize = { width: 400, height: 68 };
const onTopFragment = '#ontop';
/** How long it is kept, hidden, for the next click. Hidden it costs no processor time, but memory: see decision 22. */
const keepHiddenMs = 5 * 60_000;
/** The same of one that was made because the pointer came near. */
const keepPreparedMs = 30_000;
/** A click on the tray icon takes the focus first, and so hides what it is about to toggle. */
const sameClickMs = 300;
/** After the last move, until it is remembered. */
const settleMs = 1_000;

/**
 * The tray's quick view: a small frameless window that goes as soon as something else is attended to; or, kept on top, a
 * smaller one that stays until it is let go.
 */
export class QuickView {
  readonly #options: QuickViewOptions;
  #window: BrowserWindow | null = null;
  #state: QuickViewState;
  #hiddenAtMs = -Infinity;
  #isWanted = false;
  #expiry: AbortController | null = null;
  #settling: AbortController | null = null;

  constructor(options: QuickViewOptions) {
    this.#options = options;
    this.#state = readQuickViewState(options.statePath);
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() === true;
  }

  /** Whether it is small and stays, or would if it were shown. */
  get isOnTop(): boolean {
    return this.#state.isOnTop;
  }

  /** Whether the contents are of its page. */
  has(contentsId: number): boolean {
    return this.#window?.webContents.id === contentsId;
  }

  /** What a click on the tray icon does. */
  toggle(): void {
    if (this.isVisible) this.hide();
    else if (this.#options.clock.monotonic() - this.#hiddenAtMs > sameClickMs) this.open();
  }

  /** Makes it, hidden, for a click that is about to come. It goes again where none does. */
  prepare(): void {
    if (this.#window) return;
    this.#window = this.#create();
    this.#expireAfter(keepPreparedMs);
  }

  /** Shows it near the tray, or where it was put; makes it first where there is none. */
  open(): void {
    this.#keep();
    this.#isWanted = true;
    this.#window ??= this.#create();
    const window = this.#window;
    window.setBounds(this.#place());
    if (window.webContents.isLoading()) return; // Shown as soon as it is drawn.
    this.#show(window);
  }

  /** Hides it, and ends it unless it is opened again soon. Does nothing where it is hidden. */
  hide(): void {
    this.#isWanted = false;
    const window = this.#window;
    if (!window?.isVisible()) return;
    window.hide();
    this.#hiddenAtMs = this.#options.clock.monotonic();
    this.#expireAfter(keepHiddenMs);
  }

  /** Keeps it on top, small, where it was put last; or makes it what goes with the next click elsewhere. Shows it. */
  setOnTop(isOnTop: boolean): void {
    if (isOnTop !== this.#state.isOnTop) {
      this.#remember({ isOnTop });
      this.#options.onTopChanged(isOnTop);
      const window = this.#window;
      if (window) this.#load(window);
    }
    this.open();
  }

  destroy(): void {
    this.#window?.destroy();
  }

  #show(window: BrowserWindow): void {
    // What stays beside other work does not take the keyboard from it.
    if (this.#state.isOnTop && !window.isVisible()) window.showInactive();
    else window.show();
    if (!this.#state.isOnTop) window.focus();
  }

  #keep(): void {
    this.#expiry?.abort();
    this.#expiry = null;
  }

  #expireAfter(ms: number): void {
    this.#keep();
    const expiry = new AbortController();
    this.#expiry = expiry;
    this.#options.clock.sleep(ms, expiry.signal).then(
      () => this.destroy(),
      () => undefined,
    );
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
    window.once('closed', () => {
      this.#window = null;
      this.#keep();
      this.#settling?.abort();
    });
    window.once('ready-to-show', () => {
      if (this.#isWanted) this.#show(window);
    });
    window.on('blur', () => {
      // Looking into it with the developer tools is not leaving it.
      if (!this.#state.isOnTop && !window.webContents.isDevToolsFocused()) this.hide();
    });
    window.on('move', () => this.#settle(window));
    window.webContents.on('before-input-event', (event, input) => {
      if (input.type !== 'keyDown' || input.key !== 'Escape') return;
      event.preventDefault();
      this.hide();
    });
    recoverRenderer(window, { clock, log, isWanted: () => this.#isWanted, isTransient: true });
    this.#options.onCreated(window);
    this.#load(window);
    return window;
  }

  /** To the page as it is to look. Where only that changes it stays the same document. */
  #load(window: BrowserWindow): void {
    const page = pageAddress('quick.html');
    const isThere = window.webContents.getURL() !== '';
    const address = this.#state.isOnTop ? page + onTopFragment : isThere ? `${page}#` : page;
    window.loadURL(address).catch((error: unknown) => {
      if (!window.isDestroyed()) {
        this.#options.log('warning', `The quick view could not be loaded: ${String(error)}`);
      }
    });
  }

  /** Remembers where somebody put it. */
  #settle(window: BrowserWindow): void {
    this.#settling?.abort();
    if (!this.#state.isOnTop || !window.isVisible()) return;
    this.#settling = new AbortController();
    this.#options.clock.sleep(settleMs, this.#settling.signal).then(
      () => {
        if (this.#state.isOnTop && !window.isDestroyed()) this.#remember({ onTopBounds: window.getBounds() });
      },
      () => undefined,
    );
  }

  #remember(change: Partial<QuickViewState>): void {
    this.#state = { ...this.#state, ...change };
    try {
      writeQuickViewState(this.#options.statePath, this.#state);
    } catch (error) {
      this.#options.log('warning', `The quick view's place could not be remembered: ${String(error)}`);
    }
  }

  #place(): Bounds {
    const { isOnTop, onTopBounds } = this.#state;
    if (isOnTop && onTopBounds) {
      const areas = screen.getAllDisplays().map((display) => display.workArea);
      const wanted = { ...onTopBounds, ...onTopSize };
      return fitBounds(wanted, [screen.getPrimaryDisplay().workArea, ...areas], onTopSize);
    }
    const cursor = screen.getCursorScreenPoint();
    const tray = this.#options.trayBounds();
    const display =
      tray && tray.width > 0 ? screen.getDisplayMatching(tray) : screen.getDisplayNearestPoint(cursor);
    const size = isOnTop ? onTopSize : fullSize;
    return placeQuickView({ size, tray, cursor, workArea: display.workArea });
  }
}
