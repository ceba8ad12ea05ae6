import { Menu, type MenuItemConstructorOptions } from 'electron';
import { t } from '../shared/texts/texts.ts';
import type { AppActions } from './tray-menu.ts';

/** What can be asked for from the app's menu. */
export interface AppMenuActions extends AppActions {
  /** Shows where another host's address and code are entered. */
  watchHost(): void;
}

/**
 * Sets the app's menu, by which its shortcuts work even where the menu bar is hidden. Set anew when the language changes;
 * Electron's own labels of roles are English whatever the language, so that every entry brings its own.
 */
export function setAppMenu(actions: AppMenuActions, isPackaged: boolean): void {
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'toggleDevTools', label: t('app:menu.developer') }];
  const quit: MenuItemConstructorOptions = {
    label: t('app:menu.quit'),
    accelerator: 'CommandOrControl+Q',
    click: () => actions.quit(),
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [macMenu(quit)] : []),
      {
        label: t('app:menu.file'),
        submenu: [
          { label: t('app:menu.open'), click: () => actions.openDashboard() },
          { label: t('app:menu.quickView'), click: () => actions.openQuickView() },
          { label: t('app:menu.share'), click: () => actions.openSharing() },
          {
            label: t('app:menu.settings'),
            accelerator: 'CommandOrControl+,',
            click: () => actions.openSettings(),
          },
          { label: t('app:menu.watch'), click: () => actions.watchHost() },
          { type: 'separator' },
          { role: 'close', label: t('app:menu.close') },
          ...(process.platform === 'darwin' ? [] : [quit]),
        ],
      },
      {
        label: t('app:menu.edit'),
        submenu: [
          { role: 'undo', label: t('app:menu.undo') },
          { role: 'redo', label: t('app:menu.redo') },
          { type: 'separator' },
          { role: 'cut', label: t('app:menu.cut') },
          { role: 'copy', label: t('app:menu.copy') },
          { role: 'paste', label: t('app:menu.paste') },
          { role: 'selectAll', label: t('app:menu.selectAll') },
        ],
      },
      {
        label: t('app:menu.view'),
        submenu: [
          { role: 'reload', label: t('app:menu.reload') },
          { type: 'separator' },
          { role: 'resetZoom', label: t('app:menu.resetZoom') },
          { role: 'zoomIn', label: t('app:menu.zoomIn') },
          { role: 'zoomOut', label: t('app:menu.zoomOut') },
          { type: 'separator' },
          { role: 'togglefullscreen', label: t('app:menu.fullScreen') },
          ...developer,
        ],
      },
      {
        label: t('app:menu.window'),
        submenu: [
          { role: 'minimize', label: t('app:menu.minimize') },
          { role: 'zoom', label: t('app:menu.maximize') },
        ],
      },
    ]),
  );
}

function macMenu(quit: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: 'Pulsewire',
    submenu: [
      { role: 'about', label: t('app:menu.about') },
      { type: 'separator' },
      { role: 'hide', label: t('app:menu.hide') },
      { role: 'hideOthers', label: t('app:menu.hideOthers') },
      { role: 'unhide', label: t('app:menu.unhide') },
      { type: 'separator' },
      quit,
    ],
  };
}
