import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppActions } from './tray-menu.ts';

/** What can be asked for from the app's menu. */
export interface AppMenuActions extends AppActions {
  /** Shows where another host's address and code are entered. */
  watchHost(): void;
}

/** Sets the app's menu, by which its shortcuts work even where the menu bar is hidden. */
export function setAppMenu(actions: AppMenuActions, isPackaged: boolean): void {
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'toggleDevTools' }];
  const quit: MenuItemConstructorOptions = {
    label: 'Quit Pulsewire',
    accelerator: 'CommandOrControl+Q',
    click: () => actions.quit(),
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [macMenu(quit)] : []),
      {
        label: 'File',
        submenu: [
          { label: 'Open Pulsewire', click: () => actions.openDashboard() },
          { label: 'Quick view', click: () => actions.openQuickView() },
          { label: 'Share…', click: () => actions.openSharing() },
          { label: 'Settings…', accelerator: 'CommandOrControl+,', click: () => actions.openSettings() },
          { label: 'Watch another host…', click: () => actions.watchHost() },
          { type: 'separator' },
          { role: 'close' },
          ...(process.platform === 'darwin' ? [] : [quit]),
        ],
      },
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'reload' },
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          ...developer,
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}

function macMenu(quit: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: 'Pulsewire',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      quit,
    ],
  };
}
