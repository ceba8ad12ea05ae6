import { expect, it, vi } from 'vitest';
import { parseSettings } from '../../node/config/parse-settings.ts';
import { AppSettings } from './app-settings.ts';

function build(text: string, locked: string[] = []) {
  const { config, written, problems } = parseSettings(text);
  const change = vi.fn(async () => undefined);
  const settings = new AppSettings({
    path: '/c.json',
    current: () => config,
    written: () => written,
    problems: () => problems,
    needRestart: () => [],
    locked: () => locked,
    change,
  });
  return { settings, change };
}

it('has a default for each thing that the file leaves out', () => {
  const { settings } = build('{"app": {"closeToTray": false, "notifications": {"diskFull": false}}}');
  expect(settings.behaviour()).toEqual({
    startAtLogin: false,
    startHidden: true,
    closeToTray: false,
    updates: 'announce',
    notifications: { pairing: true, newDevice: true, diskFull: false },
  });
  expect(settings.view()).toMatchObject({ theme: 'system', tourSeen: false });
});

it('shows a page what stands in the file, without defaults, and nothing of its secrets', () => {
  const { settings } = build('{"port": 1, "view": {"theme": "dark"}, "budget": {"cpuShare": null}}');
  expect(settings.snapshot(true)).toMatchObject({
    values: { view: { theme: 'dark' }, budget: { cpuShare: null } },
    mayChangeAll: true,
  });
  expect(JSON.stringify(settings.snapshot(true))).not.toContain('port');
});

it('knows whether updates were turned off for the machine, and not by its user', () => {
  const text = '{"app": {"updates": "off"}}';
  expect(build(text, ['app.updates']).settings.areUpdatesForbidden()).toBe(true);
  expect(build(text).settings.areUpdatesForbidden()).toBe(false);
  expect(build('{"app": {"updates": "announce"}}', ['app.updates']).settings.areUpdatesForbidden()).toBe(
    false,
  );
});

it('takes from other pages than the dashboard changes of the view alone, and all or none', async () => {
  const { settings, change } = build('{}');
  const [view, host] = [
    { key: 'view.theme', value: 'dark' },
    { key: 'app.closeToTray', value: false },
  ] as const;
  await expect(settings.change([view, host], false)).rejects.toMatchObject({ code: 'forbidden' });
  expect(change).not.toHaveBeenCalled();
  expect(await settings.change([view], false)).toEqual({ status: 'done' });
  await settings.change([host], true);
  expect(change.mock.calls).toEqual([
    [[{ path: ['view', 'theme'], value: 'dark' }]],
    [[{ path: ['app', 'closeToTray'], value: false }]],
  ]);
});
