import { describe, expect, it, vi } from 'vitest';
import { buildTooltip, buildTrayMenu } from './tray-menu.ts';

describe('the tray menu', () => {
  const actions = { openDashboard: vi.fn(), openQuickView: vi.fn(), openSharing: vi.fn(), quit: vi.fn() };

  it('has the figures as rows that do nothing, and everything that the tray does', () => {
    const menu = buildTrayMenu(['Processor 4 %', 'R&D disk 1 MB/s'], actions);
    expect(menu.map((item) => item.label ?? item.type)).toEqual([
      'Processor 4 %',
      'R&&D disk 1 MB/s',
      'separator',
      'Open Pulsewire',
      'Quick view',
      'Share…',
      'separator',
      'Quit',
    ]);
    expect(menu.filter((item) => item.enabled === false)).toHaveLength(2);
    for (const item of menu) item.click?.({} as never, undefined, {});
    for (const action of Object.values(actions)) expect(action).toHaveBeenCalledOnce();
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
