import { chmod, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile, lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveSharingSettings, parseBind, saveSharing } from './sharing.ts';

describe('where to listen', () => {
  it.each([
    ['localhost', 'loopback', '127.0.0.1'],
    ['127.0.0.1', 'loopback', '127.0.0.1'],
    ['[::1]', 'loopback', '::1'],
    ['192.168.1.5', 'lan', '192.168.1.5'],
    ['FD00::5', 'lan', 'fd00::5'],
    ['0.0.0.0', 'lan', '0.0.0.0'],
    ['::', 'lan', '::'],
    ['*', 'lan', '::'],
  ])('takes %s', (text, kind, address) => {
    expect(parseBind(text)).toEqual({ kind, address });
  });

  it.each(['', 'desk.local', '192.168.1', '192.168.1.5:80', '1.2.3.256', 'http://127.0.0.1', '127.0.0.1 '])(
    'does not take %j',
    (text) => expect(parseBind(text)).toBeNull(),
  );

  it('shares where the config, the command line or an address of the LAN says so, in that order of weakness', () => {
    const [near, far] = [parseBind('localhost')!, parseBind('192.168.1.5')!];
    expect(deriveSharingSettings(undefined, near)).toEqual({
      enabled: false,
      plainHttp: false,
      announce: true,
      address: '::',
    });
    expect(deriveSharingSettings(undefined, far)).toMatchObject({ enabled: true, address: '192.168.1.5' });
    expect(deriveSharingSettings({ enabled: false }, far).enabled).toBe(false);
    expect(deriveSharingSettings({ enabled: false }, near, { share: true }).enabled).toBe(true);
    expect(deriveSharingSettings({ plainHttp: true, announce: false }, near)).toMatchObject({
      plainHttp: true,
      announce: false,
    });
  });
});

describe('the switch in the config file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-switch-'));
    path = join(folder, 'config.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const shared = { enabled: true, plainHttp: false };

  it('makes the file where there is none, for its owner alone', async () => {
    await saveSharing(join(folder, 'new', 'config.json'), shared);
    expect((await stat(join(folder, 'new', 'config.json'))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(join(folder, 'new', 'config.json'), 'utf8'))).toEqual({
      sharing: shared,
    });
  });

  it('keeps order, indentation and every other setting of a file that somebody wrote, and tightens its mode', async () => {
    await writeFile(path, '{\n\t"sharing": {"announce": false},\n\t"mine": [1]\n}');
    await chmod(path, 0o644);
    await saveSharing(path, shared);
    const text = await readFile(path, 'utf8');
    expect(text).toContain('{\n\t"sharing": {\n\t\t"announce": false,\n\t\t"enabled": true');
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['sharing', 'mine']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['config.json']);
  });

  it.each(['{', '[]', 'null', '3'])('leaves a file that reads %j as it is, and says so', async (text) => {
    await writeFile(path, text);
    await expect(saveSharing(path, shared)).rejects.toThrow('it holds no JSON object');
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('writes through a link to where the file really lies', async () => {
    await writeFile(join(folder, 'real.json'), '{}');
    await symlink(join(folder, 'real.json'), path);
    await saveSharing(path, shared);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(join(folder, 'real.json'), 'utf8'))).toEqual({ sharing: shared });
  });
});
