import { ensureBuild } from './build.mjs';
import { runHeadless } from './lib/headless-program.mjs';
import { runCommand } from './lib/script-error.mjs';

// npm run headless -- ARGS: the program without Electron, on a current build.
await runCommand('headless', async () => {
  await ensureBuild();
});
if (process.exitCode === 0) await runHeadless(process.argv.slice(2));
