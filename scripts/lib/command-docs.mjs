import { join } from 'node:path';
import { runnerImport } from 'vite';
import { renderManualPage } from './manual-page.mjs';
import { projectFolder } from './project.mjs';

/** @param {string} path @returns {Promise<any>} */
async function load(path) {
  const found = await runnerImport(join(projectFolder, path), { configFile: false, logLevel: 'error' });
  return found.module;
}

/**
 * The manual page and the completions, as they are in build/.
 *
 * @returns {Promise<Map<string, string>>} text by path
 */
export async function renderCommandDocs() {
  const { createProgram } = await load('src/headless/command-line.ts');
  const { describeCommands } = await load('src/headless/completion/describe-commands.ts');
  const { renderCompletion, shells } = await load('src/headless/completion/render-completion.ts');
  const program = describeCommands(createProgram(''));
  return new Map([
    ['build/man/pulsewire.1', renderManualPage(program)],
    ...shells.map((/** @type {string} */ shell) => [
      `build/completions/pulsewire.${shell}`,
      renderCompletion(shell, program),
    ]),
  ]);
}
