import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../shared/texts/texts.ts';
import { buildTooltip, buildTrayMenu } from './tray-menu.ts';

const lines = ['Processor 4 %', 'R&D disk 1 MB/s'];

function createActions() {
  return {
    ...{ openDashboard: vi.fn(), openQuickView: vi.fn(), openSharing: vi.fn(), openSettings: vi.fn() },
    ...{ setOnTop: vi.fn(), chooseIcon: vi.fn(), quit: vi.fn() },
  };
}

const choose = (item: MenuItemConstructorOptions | undefined): void => {
  item?.click?.({} as never, undefined, {});
};

describe('the tray menu', () => {
  afterEach(() => setLanguage('en'));

  it('has the figures as rows that do nothing, and everything that the tray does', () => {
    const actions = createActions();
    const menu = buildTrayMenu({ lines, icon: 'memory', isOnTop: false }, actions);
    expect(menu.map((item) => item.label ?? item.type)).toEqual([
      'Processor 4 %',
      'R&&D disk 1 MB/s',
      'separator',
      'Open Pulsewire',
      'Quick view',
      'Always on top',
      'Icon',
      'separator',
      'Share…',
      'Settings…',
      'separator',
      'Quit',
    ]);
    expect(menu.filter((item) => item.enabled === false)).toHaveLength(2);
    const icons = menu.find(({ label }) => label === 'Icon')?.submenu as MenuItemConstructorOptions[];
    expect(icons.map(({ type, checked }) => [type, checked])).toEqual([
      ['radio', false],
      ['radio', false],
      ['radio', true],
      ['radio', false],
    ]);
    for (const item of menu) choose(item);
    choose(icons[1]);
    for (const action of Object.values(actions)) expect(action).toHaveBeenCalledOnce();
    expect(actions.setOnTop).toHaveBeenCalledWith(true);
    expect(actions.chooseIcon).toHaveBeenCalledWith('processor');
  });

  it('lets go of what is on top', () => {
    const actions = createActions();
    const menu = buildTrayMenu({ lines, icon: 'mark', isOnTop: true }, actions);
    const onTop = menu.find(({ type }) => type === 'checkbox');
    expect(onTop?.checked).toBe(true);
    choose(onTop);
    expect(actions.setOnTop).toHaveBeenCalledWith(false);
  });

  it('is written in the language that is in force', async () => {
    await setLanguage('de');
    const menu = buildTrayMenu({ lines: [], icon: 'mark', isOnTop: false }, createActions());
    expect(menu.flatMap(({ label }) => label ?? [])).toEqual([
      'Pulsewire öffnen',
      'Schnellansicht',
      'Immer im Vordergrund',
      'Symbol',
      'Freigeben …',
      'Einstellungen …',
      'Beenden',
    ]);
  });
});

describe('the tray tooltip', () => {
  it('has a line a figure', () => {
    expect(buildTooltip(['Processor 4 %', 'Memory 3 GB'])).toBe('Pulsewire\nProcessor 4 %\nMemory 3 GB');
  });

  it('is not longer than Windows shows', () => {
    expect(buildTooltip(['x'.repeat(300)])).toHaveLength(127);
  });
});
