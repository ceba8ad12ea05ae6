import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAutostartEntry, keepAutostartEntry, locateAutostartEntry } from './autostart-entry.ts';

describe('the entry that starts the app at login', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-autostart-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lies where the desktop looks for it', () => {
    expect(locateAutostartEntry({ XDG_CONFIG_HOME: '/x' })).toBe('/x/autostart/pulsewire.desktop');
    expect(locateAutostartEntry({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/autostart\/pulsewire/);
  });

  it('starts the program with its arguments, whatever stands in them', () => {
    const entry = createAutostartEntry([
      '/opt/my app/pulsewire',
      '--data-dir',
      '/h/50% $x "y" \\z',
      '--hidden',
    ]);
    expect(entry.split('\n')).toContain(
      'Exec="/opt/my app/pulsewire" "--data-dir" "/h/50%% \\\\$x \\\\"y\\\\" \\\\\\\\z" "--hidden"',
    );
    expect(entry.split('\n')).toContain('TryExec=/opt/my app/pulsewire');
    expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Pulsewire\n/);
  });

  it('is written, changed and taken away, and none is no error', async () => {
    const path = locateAutostartEntry({ XDG_CONFIG_HOME: folder });
    await keepAutostartEntry(path, null);
    await keepAutostartEntry(path, 'one');
    expect(await readFile(path, 'utf8')).toBe('one');
    const { mtimeMs } = await stat(path);
    await keepAutostartEntry(path, 'one');
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
    await keepAutostartEntry(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    await keepAutostartEntry(path, null);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
