import type { MenuItemConstructorOptions } from 'electron';
import { trayIconChoices, type TrayIconChoice } from '../shared/preferences/tray-icon.ts';
import { t } from '../shared/texts/texts.ts';

/** What can be asked for from the tray and from the app's menu. */
export interface AppActions {
  openDashboard(): void;
  openQuickView(): void;
  /** Shows the page on which devices are let in. */
  openSharing(): void;
  openSettings(): void;
  quit(): void;
}

/** What can be chosen in the tray's menu beside. */
export interface TrayActions extends AppActions {
  /** Keeps the quick view on top of all windows, small; or lets it go again. */
  setOnTop(isOnTop: boolean): void;
  chooseIcon(choice: TrayIconChoice): void;
}

/** One line a subject, as it is read in the menu and in the tooltip. */
export type FigureLines = readonly string[];

/** What the menu shows of the state that things are in. */
export interface TrayMenuState {
  readonly lines: FigureLines;
  readonly icon: TrayIconChoice;
  readonly isOnTop: boolean;
}

/** The tray's menu. All that the tray does is in it, since desktops differ in what a click does. */
export function buildTrayMenu(
  { lines, icon, isOnTop }: TrayMenuState,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  return [
    ...lines.map((label) => ({ label: escapeLabel(label), enabled: false })),
    { type: 'separator' },
    { label: t('tray:menu.open'), click: () => actions.openDashboard() },
    { label: t('tray:menu.quickView'), click: () => actions.openQuickView() },
    {
      label: t('tray:menu.onTop'),
      type: 'checkbox',
      checked: isOnTop,
      click: () => actions.setOnTop(!isOnTop),
    },
    {
      label: t('tray:menu.icon'),
      submenu: trayIconChoices.map((choice) => ({
        label: t(`tray:icon.${choice}`),
        type: 'radio',
        checked: choice === icon,
        click: () => actions.chooseIcon(choice),
      })),
    },
    { type: 'separator' },
    { label: t('tray:menu.sharing'), click: () => actions.openSharing() },
    { label: t('tray:menu.settings'), click: () => actions.openSettings() },
    { type: 'separator' },
    { label: t('tray:menu.quit'), click: () => actions.quit() },
  ];
}

/** The tray's tooltip, short enough for Windows, which cuts it at 127 characters. */
export function buildTooltip(lines: FigureLines): string {
  const text = ['Pulsewire', ...lines].join('\n');
  return text.length > 127 ? `${text.slice(0, 126)}…` : text;
}

/** In a label `&` marks the next letter as a shortcut. */
function escapeLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
