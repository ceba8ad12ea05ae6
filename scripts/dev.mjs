import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { projectFolder } from './lib/project.mjs';
import { runCommand } from './lib/script-error.mjs';

// npm run dev: electron-vite's development server on whichever Electron this machine has.
await runCommand('dev', async () => {
  const { executablePath } = await resolveElectronRuntime();
  const command = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const env = { ...process.env, ELECTRON_EXEC_PATH: executablePath };
  if (process.platform === 'linux' && process.getuid?.() === 0) Object.assign(env, { NO_SANDBOX: '1' });
  const child = spawn(process.execPath, [command, 'dev', ...process.argv.slice(2)], {
    cwd: projectFolder,
    env,
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
});
