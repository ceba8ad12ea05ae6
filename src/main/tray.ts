import { Menu, Tray } from 'electron';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { createTrayIcon } from './icons.ts';
import { buildTooltip, buildTrayMenu, type AppActions, type FigureLines } from './tray-menu.ts';
import type { Bounds } from './window-state.ts';

export interface AppTrayOptions {
  readonly clock: Clock;
  readonly actions: AppActions;
  readonly onClick: () => void;
}

/** An open menu is left as it is, for this long: some desktops do not say that it was closed. */
const menuPatienceMs = 15_000;

/** The tray icon with its menu and tooltip, touched only when what they say has changed. */
export class AppTray implements Disposable {
  readonly #options: AppTrayOptions;
  readonly #tray: Tray;
  #menu: Menu | null = null;
  #lines: FigureLines = [];
  #shown: string | null = null;
  #menuOpenedMs: number | null = null;

  /** Throws where the desktop refuses a tray icon. */
  constructor(options: AppTrayOptions) {
    this.#options = options;
    this.#tray = new Tray(createTrayIcon());
    this.#tray.on('click', () => options.onClick());
    if (process.platform === 'darwin') {
      // There, a menu that is set takes the click, too.
      this.#tray.on('right-click', () => {
        if (this.#menu) this.#tray.popUpContextMenu(this.#menu);
      });
    }
    this.show([]);
  }

  /** Where the icon is; of no extent where the desktop does not say. */
  get bounds(): Bounds | null {
    return this.#tray.isDestroyed() ? null : this.#tray.getBounds();
  }

  /** Shows the current figures. Cheap where they read as before. */
  show(lines: FigureLines): void {
    this.#lines = lines;
    const text = lines.join('\n');
    if (this.#tray.isDestroyed() || text === this.#shown || this.#isMenuOpen()) return;
    this.#shown = text;
    this.#tray.setToolTip(buildTooltip(lines));
    const menu = Menu.buildFromTemplate(buildTrayMenu(lines, this.#options.actions));
    menu.on('menu-will-show', () => {
      this.#menuOpenedMs = this.#options.clock.monotonic();
    });
    menu.on('menu-will-close', () => {
      this.#menuOpenedMs = null;
      this.show(this.#lines);
    });
    this.#menu = menu;
    if (process.platform !== 'darwin') this.#tray.setContextMenu(menu);
  }

  [Symbol.dispose](): void {
    if (!this.#tray.isDestroyed()) this.#tray.destroy();
  }

  #isMenuOpen(): boolean {
    if (this.#menuOpenedMs === null) return false;
    if (this.#options.clock.monotonic() - this.#menuOpenedMs < menuPatienceMs) return true;
    this.#menuOpenedMs = null;
    return false;
  }
}
