import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import { ensureBuild } from './build.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { projectFolder } from './lib/project.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';
import { deriveTestRequirements, ensureSystemPackages } from './lib/system-packages.mjs';

/** How long the app is watched before its picture is taken: the charts show one minute. */
const watchMs = 40_000;
const imageFolder = join(projectFolder, 'docs', 'images');

const filmFolder = join(imageFolder, 'pairing');

// npm run screenshots: pictures of the real app for the README, window and quick view, in both themes, and how a phone
// comes to watch it, step by step. `-- pairing` takes the last alone.
await runCommand('screenshots', async () => {
  await ensureSystemPackages(deriveTestRequirements(process.env), (line) =>
    process.stderr.write(`${line}\n`),
  );
  if (process.platform === 'linux' && !process.env['DISPLAY']) {
    const screen = ['-a', '-s', '-screen 0 1600x1200x24'];
    const itself = [process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const { status } = spawnSync('xvfb-run', [...screen, ...itself], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
    return;
  }
  await ensureBuild();
  if (!process.argv.includes('pairing')) await takeAll();
  await filmPairing();
});

/** The test of it, which takes a picture of each step where it is told a folder. */
async function filmPairing() {
  await mkdir(filmFolder, { recursive: true });
  const { status } = spawnSync('npx', ['playwright', 'test', 'e2e/specs/browser/pairing-story.spec.ts'], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, PULSEWIRE_FILM: filmFolder },
  });
  if (status !== 0) throw new ScriptError('The pairing was not filmed: its test fails, as it says above.');
}

async function takeAll() {
  const { executablePath } = await resolveElectronRuntime();
  const dataFolder = await mkdtemp(join(tmpdir(), 'pulsewire-screenshots-'));
  const isRoot = process.getuid?.() === 0;
  const args = [...(isRoot ? ['--no-sandbox'] : []), projectFolder, '--data-dir', dataFolder, '--port', '0'];
  const app = await _electron.launch({ executablePath, args, chromiumSandbox: !isRoot });
  try {
    await mkdir(imageFolder, { recursive: true });
    const dashboard = await app.firstWindow();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 860));
    await dashboard.waitForTimeout(watchMs);
    await takeBoth(dashboard, 'dashboard');

    const opened = app.waitForEvent('window');
    spawn(executablePath, [...args, '--quick'], { stdio: 'ignore' });
    const quick = await opened;
    await quick.waitForTimeout(watchMs);
    await takeBoth(quick, 'quick-view');
  } finally {
    await app.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 */
async function takeBoth(page, name) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    // Charts take the theme's colours with the next sample.
    await page.waitForTimeout(1_500);
    const path = join(imageFolder, `${name}-${colorScheme}.png`);
    await page.screenshot({ path });
    process.stdout.write(`${path}\n`);
  }
}
