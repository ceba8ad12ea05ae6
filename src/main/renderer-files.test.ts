import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRendererFile, listRendererFiles, type RendererFiles } from './renderer-files.ts';

describe('the files that the app protocol serves', () => {
  let folder: string;
  let files: RendererFiles;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-renderer-'));
    await mkdir(join(folder, 'out', 'assets'), { recursive: true });
    await writeFile(join(folder, 'secret.html'), 'secret');
    await writeFile(join(folder, 'out', 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'out', 'manifest.json'), '{}');
    await writeFile(join(folder, 'out', 'assets', 'index-a1.js'), '');
    await symlink(join(folder, 'secret.html'), join(folder, 'out', 'link.html'));
    files = await listRendererFiles(join(folder, 'out'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are those of the build that a page may load', () => {
    expect([...files.keys()].sort()).toEqual(['/assets/index-a1.js', '/index.html']);
  });

  it('are found by their address, whatever query and fragment it has', () => {
    const found = findRendererFile(files, 'app://pulsewire/index.html?view=cpu#top');
    expect(found).toEqual({
      path: join(folder, 'out', 'index.html'),
      contentType: 'text/html; charset=utf-8',
    });
  });

  it.each([
    'app://pulsewire/',
    'app://pulsewire/../secret.html',
    'app://pulsewire/%2e%2e/secret.html',
    'app://pulsewire/..%2fsecret.html',
    'app://pulsewire/assets/..%5c..%5csecret.html',
    'app://pulsewire/link.html',
    'app://pulsewire/manifest.json',
    'app://pulsewire/index.html%00.png',
    'app://pulsewire//index.html',
    'app://other/index.html',
    'app://user@pulsewire/index.html',
    'file:///etc/passwd',
    'https://pulsewire/index.html',
    'nonsense',
  ])('do not include %s', (address) => {
    expect(findRendererFile(files, address)).toBeNull();
  });
});
