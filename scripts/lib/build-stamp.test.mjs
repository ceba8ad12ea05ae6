import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestInputs, findStaleness, isBuildInput, writeStamp } from './build-stamp.mjs';

let folder = '';
let output = '';

/** @param {string} path @param {string} text */
async function put(path, text) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-stamp-'));
  output = join(folder, 'out');
  await put('src/main/main.ts', 'main');
  await put('package.json', '{}');
  await put('out/main/main.js', 'built');
  await writeStamp(output, await digestInputs(folder));
});

afterEach(() => rm(folder, { recursive: true }));

describe('findStaleness', () => {
  it('finds a build fresh that nothing has touched', async () => {
    expect(await findStaleness(output, await digestInputs(folder))).toBeUndefined();
  });

  it('goes by what the sources say, not by their time', async () => {
    await utimes(join(folder, 'src/main/main.ts'), 1, 1);
    expect(await findStaleness(output, await digestInputs(folder))).toBeUndefined();
    await put('src/main/main.ts', 'other');
    expect(await findStaleness(output, await digestInputs(folder))).toBe('the sources have changed');
  });

  it('notices a source that came or went', async () => {
    await put('src/main/tray.ts', '');
    expect(await findStaleness(output, await digestInputs(folder))).toBe('the sources have changed');
  });

  it('notices another icon', async () => {
    await put('build/tray/tray.png', 'picture');
    expect(await findStaleness(output, await digestInputs(folder))).toBe('the sources have changed');
  });

  it('notices other settings', async () => {
    await put('electron.vite.config.ts', 'target');
    expect(await findStaleness(output, await digestInputs(folder))).toBe('the sources have changed');
  });

  it('lets tests and recorded text change', async () => {
    await put('src/main/main.test.ts', 'a test');
    await put('src/node/collectors/cpu/fixtures/debian-12/stat', 'cpu 1 2 3');
    expect(await findStaleness(output, await digestInputs(folder))).toBeUndefined();
  });

  it('notices a built file that is missing, or that somebody else has written', async () => {
    await rm(join(output, 'main/main.js'));
    expect(await findStaleness(output, await digestInputs(folder))).toBe('the built files have changed');
    await put('out/main/main.js', 'built otherwise');
    expect(await findStaleness(output, await digestInputs(folder))).toBe('the built files have changed');
  });

  it('does not trust a stamp that is missing or cut short', async () => {
    await put('out/build-stamp.json', '{"inputs":');
    expect(await findStaleness(output, await digestInputs(folder))).toBe('there is no build yet');
    await rm(output, { recursive: true });
    expect(await findStaleness(output, await digestInputs(folder))).toBe('there is no build yet');
  });
});

describe('isBuildInput', () => {
  it('leaves out what no build reads', () => {
    expect(isBuildInput(join('src', 'main', 'main.ts'))).toBe(true);
    expect(isBuildInput(join('src', 'renderer', 'index.html'))).toBe(true);
    expect(isBuildInput(join('src', 'renderer', 'app.test.tsx'))).toBe(false);
    expect(isBuildInput(join('src', 'main', 'README.md'))).toBe(false);
  });
});
