import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectFolder } from '../lib/project.mjs';

/** @typedef {typeof import('@actions/workflow-parser')} ForgeParser */

/**
 * The public forge's own parser of workflows. It is bundled first, because it imports JSON as bundlers take it and Node
 * does not.
 *
 * @returns {Promise<ForgeParser>}
 */
export async function loadForgeParser() {
  const folder = await mkdtemp(join(projectFolder, 'node_modules', '.cache', 'forge-parser-'));
  try {
    await build({
      configFile: false,
      root: projectFolder,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: true,
        outDir: folder,
        rolldownOptions: {
          input: { parser: '@actions/workflow-parser' },
          output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
        },
      },
    });
    return await import(pathToFileURL(join(folder, 'parser.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
