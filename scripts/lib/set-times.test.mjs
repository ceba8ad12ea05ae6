import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { setGzipTime, setTimes } from './set-times.mjs';

const seconds = 1_795_000_000;

async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-times-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it('gives files, folders and links one time, and nothing that a link leads to', async () => {
  const [folder, elsewhere] = [await createFolder(), await createFolder()];
  await writeFile(join(elsewhere, 'other'), '');
  const before = (await lstat(join(elsewhere, 'other'))).mtimeMs;
  await mkdir(join(folder, 'deep', 'deeper'), { recursive: true });
  await writeFile(join(folder, 'deep', 'deeper', 'file'), 'text');
  await symlink(join(elsewhere, 'other'), join(folder, 'link'));
  await setTimes(folder, seconds);
  for (const name of ['', 'deep', 'deep/deeper', 'deep/deeper/file', 'link']) {
    expect([name, (await lstat(join(folder, name))).mtimeMs]).toEqual([name, seconds * 1_000]);
  }
  expect((await lstat(join(elsewhere, 'other'))).mtimeMs).toBe(before);
});

it('writes the time of an archive without touching what is in it', async () => {
  const path = join(await createFolder(), 'archive.gz');
  await writeFile(path, gzipSync('what is in it'));
  await setGzipTime(path, seconds);
  const bytes = await readFile(path);
  expect(bytes.readUInt32LE(4)).toBe(seconds);
  expect(gunzipSync(bytes).toString()).toBe('what is in it');
});
