import type { MenuItemConstructorOptions } from 'electron';

/** What can be asked for from the tray and from the app's menu. */
export interface AppActions {
  openDashboard(): void;
  openQuickView(): void;
  /** Shows the page on which devices are let in. */
  openSharing(): void;
  quit(): void;
}

/** One line a subject, as it is read in the menu and in the tooltip. */
export type FigureLines = readonly string[];

/** The tray's menu. All that the tray does is in it, since desktops differ in what a click does. */
export function buildTrayMenu(lines: FigureLines, actions: AppActions): MenuItemConstructorOptions[] {
  return [
    ...lines.map((label) => ({ label: escapeLabel(label), enabled: false })),
    { type: 'separator' },
    { label: 'Open Pulsewire', click: () => actions.openDashboard() },
    { label: 'Quick view', click: () => actions.openQuickView() },
    { label: 'Share…', click: () => actions.openSharing() },
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
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
