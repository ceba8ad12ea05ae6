import { ensureBuild } from './build.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { hasDisplay, runElectron } from './lib/electron-program.mjs';
import { runHeadless } from './lib/headless-program.mjs';
import { runCommand } from './lib/script-error.mjs';
import { electronRequirements, ensureSystemPackages } from './lib/system-packages.mjs';

// npm start -- ARGS: the app in a window where there is a display, else headless.
const args = process.argv.slice(2);
let withoutWindow = false;

/** @param {string} line */
const say = (line) => process.stderr.write(`pulsewire: ${line}\n`);

await runCommand('start', async () => {
  await ensureBuild();
  if (!hasDisplay(process.env, process.platform)) {
    say('no display (neither DISPLAY nor WAYLAND_DISPLAY is set): running headless');
    withoutWindow = true;
    return 0;
  }
  await ensureSystemPackages(electronRequirements, say);
  const { executablePath, source, version } = await resolveElectronRuntime();
  if (source === 'fallback') say(`running on Electron ${version}, the fallback for development`);
  const end = await runElectron(executablePath, args);
  if (!end.hadNoDisplay) return end.status;
  const name = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  say(`the display ${name} does not answer: running headless. Check that its server runs, or unset DISPLAY`);
  withoutWindow = true;
  return 0;
});
if (withoutWindow) await runHeadless(args);
