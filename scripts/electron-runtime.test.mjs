import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { fallbackName } from './lib/electron-fallback.mjs';

const dayMs = 24 * 60 * 60 * 1000;
let folder = '';
let nowMs = 0;

/** @param {string} path @param {string} text @param {number} mode */
async function put(path, text, mode = 0o644) {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  await chmod(full, mode);
  return full;
}

/** A machine on which the download fails and the fallback can be had. */
function createSurroundings() {
  return {
    environment: /** @type {NodeJS.ProcessEnv} */ ({}),
    packageFolder: join(folder, 'electron'),
    cacheFolder: join(folder, 'cache'),
    platform: /** @type {NodeJS.Platform} */ ('linux'),
    architecture: 'x64',
    wallMs: () => nowMs,
    download: vi.fn(async () => /** @type {string | undefined} */ ('TypeError: fetch failed')),
    buildFallback: vi.fn(async (/** @type {string} */ target) => {
      await writeFile(join(target, 'electron'), 'binary');
      return { recipe: 'r', version: '33.2.1', files: { electron: 6 } };
    }),
    log: vi.fn(),
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-runtime-'));
  nowMs = Date.parse('2026-01-01');
  await put('electron/package.json', '{"version":"45.4.1"}');
});

afterEach(() => rm(folder, { recursive: true }));

async function installPackageBinary() {
  await put('electron/dist/electron', 'binary', 0o755);
  await put('electron/dist/version', 'v45.4.1');
  await put('electron/path.txt', 'electron');
}

describe('the order of places', () => {
  it('takes the overriding folder before all else', async () => {
    await installPackageBinary();
    const executablePath = await put('mine/electron', 'binary', 0o755);
    await put('mine/version', '40.0.0\n');
    const around = createSurroundings();
    around.environment = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'mine') };
    expect(await resolveElectronRuntime({}, around)).toEqual({
      distPath: join(folder, 'mine'),
      executablePath,
      version: '40.0.0',
      source: 'override',
    });
  });

  it('says what is wrong with an overriding folder, and takes nothing else instead', async () => {
    await installPackageBinary();
    const around = createSurroundings();
    around.environment = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nothing') };
    await expect(resolveElectronRuntime({}, around)).rejects.toThrow(/no executable .*Point it at/);
  });

  it("takes the package's own binary where it is complete", async () => {
    await installPackageBinary();
    const around = createSurroundings();
    expect(await resolveElectronRuntime({}, around)).toMatchObject({ version: '45.4.1', source: 'package' });
    expect(around.download).not.toHaveBeenCalled();
  });

  it('downloads again where an earlier download was cut short', async () => {
    await put('electron/dist/electron', 'bin', 0o755);
    const around = createSurroundings();
    around.download.mockImplementation(async () => {
      await installPackageBinary();
      return undefined;
    });
    expect(await resolveElectronRuntime({}, around)).toMatchObject({ version: '45.4.1', source: 'download' });
  });

  it('ends with the fallback', async () => {
    const around = createSurroundings();
    const distPath = join(folder, 'cache', fallbackName);
    expect(await resolveElectronRuntime({}, around)).toEqual({
      distPath,
      executablePath: join(distPath, 'electron'),
      version: '33.2.1',
      source: 'fallback',
    });
  });

  it('goes to the fallback where the package is not installed', async () => {
    await rm(join(folder, 'electron'), { recursive: true });
    expect(await resolveElectronRuntime({}, createSurroundings())).toMatchObject({ source: 'fallback' });
  });

  it('says what to do where there is no fallback for the platform', async () => {
    const around = { ...createSurroundings(), platform: /** @type {const} */ ('darwin') };
    await expect(resolveElectronRuntime({}, around)).rejects.toThrow(/fetch failed.*no fallback for darwin/);
  });
});

describe('the failed download', () => {
  it('is remembered for a day', async () => {
    const around = createSurroundings();
    await resolveElectronRuntime({}, around);
    nowMs += dayMs - 1;
    await resolveElectronRuntime({}, around);
    expect(around.download).toHaveBeenCalledTimes(1);
    nowMs += 1;
    await resolveElectronRuntime({}, around);
    expect(around.download).toHaveBeenCalledTimes(2);
  });

  it('is tried again when asked to, for another version, and after the clock was set back', async () => {
    const around = createSurroundings();
    await resolveElectronRuntime({}, around);
    await resolveElectronRuntime({ refresh: true }, around);
    expect(around.download).toHaveBeenCalledTimes(2);
    await put('electron/package.json', '{"version":"46.0.0"}');
    await resolveElectronRuntime({}, around);
    expect(around.download).toHaveBeenCalledTimes(3);
    nowMs -= 2 * dayMs;
    await resolveElectronRuntime({}, around);
    expect(around.download).toHaveBeenCalledTimes(4);
  });
});

describe('the fallback', () => {
  it('is made once', async () => {
    const around = createSurroundings();
    await resolveElectronRuntime({}, around);
    await resolveElectronRuntime({}, around);
    expect(around.buildFallback).toHaveBeenCalledTimes(1);
  });

  it('is made again where a file of it was cut short or is gone', async () => {
    const around = createSurroundings();
    const { executablePath } = await resolveElectronRuntime({}, around);
    await writeFile(executablePath, 'bin');
    await resolveElectronRuntime({}, around);
    await rm(executablePath);
    await resolveElectronRuntime({}, around);
    expect(around.buildFallback).toHaveBeenCalledTimes(3);
  });

  it('is made once where two want it at once', async () => {
    const around = createSurroundings();
    const both = await Promise.all([resolveElectronRuntime({}, around), resolveElectronRuntime({}, around)]);
    expect(both[0]).toEqual(both[1]);
    expect(around.buildFallback).toHaveBeenCalledTimes(1);
    expect((await readdir(join(folder, 'cache'))).sort()).toEqual([
      fallbackName,
      'electron-download-failed.json',
    ]);
  });

  it('leaves nothing behind where making it fails, and clears up after a process that died', async () => {
    const dead = 2 ** 22 + 1;
    await put(`cache/unfinished-${dead}-abcd/electron`, 'half');
    const around = createSurroundings();
    around.buildFallback.mockRejectedValue(new Error('no space left'));
    await expect(resolveElectronRuntime({}, around)).rejects.toThrow('no space left');
    expect(await readdir(join(folder, 'cache'))).toEqual(['electron-download-failed.json']);
  });
});

describe('a release', () => {
  it('refuses the fallback', async () => {
    await expect(resolveElectronRuntime({ release: true }, createSurroundings())).rejects.toThrow(
      /never built on the fallback/,
    );
  });

  it('refuses the fallback as the overriding folder too', async () => {
    const around = createSurroundings();
    const { distPath, executablePath } = await resolveElectronRuntime({}, around);
    await chmod(executablePath, 0o755);
    around.environment = { ELECTRON_OVERRIDE_DIST_PATH: distPath };
    await expect(resolveElectronRuntime({ release: true }, around)).rejects.toThrow(/is the fallback/);
  });

  it('tries a download that failed before', async () => {
    const around = createSurroundings();
    await resolveElectronRuntime({}, around);
    await expect(resolveElectronRuntime({ release: true }, around)).rejects.toThrow(/fetch failed/);
    expect(around.download).toHaveBeenCalledTimes(2);
  });
});
