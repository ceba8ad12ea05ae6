import { Menu, nativeTheme, Tray } from 'electron';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { createPictureIcon, createTrayIcon, takesTemplates } from './icons.ts';
import { TrayChart, type TrayLevels } from './tray-chart.ts';
import { buildTooltip, buildTrayMenu, type TrayActions, type TrayMenuState } from './tray-menu.ts';
import type { TrayPanel } from './tray-paint.ts';
import type { Bounds } from './window-state.ts';

export interface AppTrayOptions {
  readonly clock: Clock;
  readonly actions: TrayActions;
  readonly onClick: () => void;
  /** The pointer has come to the icon, which macOS and Windows tell. */
  readonly onPointer: () => void;
}

/** An open menu is left as it is, for this long: some desktops do not say that it was closed. */
const menuPatienceMs = 15_000;

/** The tray icon with its menu and tooltip, touched only when what they show has changed. */
export class AppTray implements Disposable {
  readonly #options: AppTrayOptions;
  readonly #tray: Tray;
  readonly #chart: TrayChart;
  #menu: Menu | null = null;
  #state: TrayMenuState = { lines: [], icon: 'mark', isOnTop: false };
  #shownTooltip: string | null = null;
  #shownMenu: string | null = null;
  #menuOpenedMs: number | null = null;

  /** Throws where the desktop refuses a tray icon. */
  constructor(options: AppTrayOptions) {
    this.#options = options;
    this.#tray = new Tray(createTrayIcon());
    this.#tray.on('click', () => options.onClick());
    this.#tray.on('mouse-enter', () => options.onPointer());
    if (process.platform === 'darwin') {
      // There, a menu that is set takes the click, too.
      this.#tray.on('right-click', () => {
        if (this.#menu) this.#tray.popUpContextMenu(this.#menu);
      });
    }
    this.#chart = new TrayChart(derivePanel(), (picture) => {
      if (!this.#tray.isDestroyed()) {
        this.#tray.setImage(picture ? createPictureIcon(picture) : createTrayIcon());
      }
    });
    nativeTheme.on('updated', this.#followTheme);
    this.show({});
  }

  /** Where the icon is; of no extent where the desktop does not say. */
  get bounds(): Bounds | null {
    return this.#tray.isDestroyed() ? null : this.#tray.getBounds();
  }

  /** Shows what is named, and the rest as before. Cheap where nothing reads otherwise. */
  show(change: Partial<TrayMenuState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#tray.isDestroyed()) return;
    this.#chart.choose(this.#state.icon);
    const tooltip = buildTooltip(this.#state.lines);
    if (tooltip !== this.#shownTooltip) this.#tray.setToolTip(tooltip);
    this.#shownTooltip = tooltip;
    this.#showMenu();
  }

  /** Draws a reading, where the icon is a chart. */
  draw(levels: TrayLevels, isContinued: boolean): void {
    this.#chart.take(levels, isContinued);
  }

  /** Nothing new has come for a while. */
  mute(): void {
    this.#chart.mute();
  }

  [Symbol.dispose](): void {
    nativeTheme.off('updated', this.#followTheme);
    if (!this.#tray.isDestroyed()) this.#tray.destroy();
  }

  #showMenu(): void {
    if (this.#isMenuOpen()) return;
    const template = buildTrayMenu(this.#state, this.#options.actions);
    // What is called is left out of it; what is read and chosen is all there.
    const read = JSON.stringify(template);
    if (read === this.#shownMenu) return;
    this.#shownMenu = read;
    const menu = Menu.buildFromTemplate(template);
    menu.on('menu-will-show', () => {
      this.#menuOpenedMs = this.#options.clock.monotonic();
    });
    menu.on('menu-will-close', () => {
      this.#menuOpenedMs = null;
      this.#showMenu();
    });
    this.#menu = menu;
    if (process.platform !== 'darwin') this.#tray.setContextMenu(menu);
  }

  #isMenuOpen(): boolean {
    if (this.#menuOpenedMs === null) return false;
    if (this.#options.clock.monotonic() - this.#menuOpenedMs < menuPatienceMs) return true;
    this.#menuOpenedMs = null;
    return false;
  }

  readonly #followTheme = (): void => this.#chart.setPanel(derivePanel());
}

function derivePanel(): TrayPanel {
  if (takesTemplates) return 'template';
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
}
