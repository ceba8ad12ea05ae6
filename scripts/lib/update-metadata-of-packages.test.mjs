import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { UpdateMetadata } from './update-metadata-of-packages.mjs';

describe('what an installed app reads of packages that were made one after the other', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-metadata-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** @param {string} name @param {string} url */
  const make = (name, url) =>
    writeFile(
      join(folder, name),
      stringify({
        version: '1.2.0',
        files: [{ url, sha512: `of ${url}`, size: 7 }],
        path: url,
        sha512: `of ${url}`,
      }),
    );

  it('names all of an architecture, and first the one that replaces itself', async () => {
    const metadata = await UpdateMetadata.begin(folder);
    for (const url of ['a.deb', 'a.AppImage', 'a.rpm']) {
      await make('latest-linux.yml', url);
      await metadata.take();
    }
    await make('latest-linux-arm64.yml', 'b.AppImage');
    await metadata.take();
    await metadata.write();
    const read = async (/** @type {string} */ name) => parse(await readFile(join(folder, name), 'utf8'));
    expect(await read('latest-linux.yml')).toMatchObject({
      version: '1.2.0',
      files: [{ url: 'a.deb' }, { url: 'a.AppImage', size: 7 }, { url: 'a.rpm' }],
      path: 'a.AppImage',
      sha512: 'of a.AppImage',
    });
    expect((await read('latest-linux-arm64.yml')).files).toHaveLength(1);
  });

  it('does not take over what lay there from another time, and writes nothing where there is nothing', async () => {
    await make('latest-linux.yml', 'old.AppImage');
    await make('latest.yml', 'windows.exe');
    const metadata = await UpdateMetadata.begin(folder);
    await metadata.take();
    await metadata.write();
    expect(await readdir(folder)).toEqual(['latest.yml']);
    await expect((await UpdateMetadata.begin(join(folder, 'none'))).write()).resolves.toBeUndefined();
  });
});
