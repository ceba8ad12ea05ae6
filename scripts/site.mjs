import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { projectFolder } from './lib/project.mjs';
import { describeError, runCommand, ScriptError } from './lib/script-error.mjs';
import { buildSite } from './lib/site/build-site.mjs';

const usage = `usage: npm run site -- [--serve]
  --serve  show it on this machine, at the address that is printed, until it is ended
`;

// npm run site: the guides as a site that can be searched, in dist/site.
await runCommand('site', async () => {
  const { serve } = readOptions();
  const folder = join(projectFolder, 'dist', 'site');
  const count = await buildSite(folder);
  process.stdout.write(`${count} pages in ${folder}\n`);
  if (serve !== true) return 0;
  const server = await preview({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    appType: 'mpa',
    build: { outDir: folder },
    preview: { host: '127.0.0.1' },
  });
  process.stdout.write(`${server.resolvedUrls?.local[0] ?? ''}\n`);
  await new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, resolve);
  });
  await server.close();
  return 0;
});

function readOptions() {
  try {
    return parseArgs({ options: { serve: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new ScriptError(`${describeError(error)}\n${usage}`, { cause: error });
  }
}
