import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './build.mjs';
import { defaultTargets, packageApp } from './lib/package-app.mjs';
import { packageServer } from './lib/package-server.mjs';
import { runCommand, describeError, ScriptError } from './lib/script-error.mjs';

const usage = `usage: npm run package -- [--targets TARGET,…] [--arch ARCH,…] [--release] [--fast] [--output FOLDER] [--json]
Makes packages of the app in dist/, of the built program and its production dependencies.
  --targets TARGET,…  of Linux dir, tar.gz, deb, rpm, AppImage; of Windows nsis, portable; of macOS dmg, zip
                      (default: ${defaultTargets(process.platform).join(',')})
  --arch ARCH,…       x64, arm64; on macOS universal too (default: of this machine)
  --server            the archive of the server instead: the program without a window, with a Node of its own
  --release           refuse what must not be handed out: the fallback Electron, and packages that know of no updates
  --fast              compress quickly, not well
  --output FOLDER     where they go (default: dist)
  --json              end with a line of JSON in place of text: {files, electron}
`;

await runCommand('package', async () => {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  await ensureBuild();
  if (options.server) {
    process.stdout.write(`${await packageServer({ fast: options.fast })}\n`);
    return;
  }
  const { files, electron } = await packageApp(options);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ files, electron })}\n`);
    return;
  }
  process.stdout.write(`Electron ${electron.version} (${electron.source})\n`);
  for (const file of files) process.stdout.write(`${file}\n`);
});

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        targets: { type: 'string' },
        arch: { type: 'string' },
        release: { type: 'boolean', default: false },
        server: { type: 'boolean', default: false },
        fast: { type: 'boolean', default: false },
        output: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    /** @param {string | undefined} list */
    const split = (list) => list?.split(',').map((name) => name.trim());
    return {
      ...values,
      targets: split(values.targets),
      arch: split(values.arch),
      ...(values.output !== undefined && { outputFolder: resolve(values.output) }),
    };
  } catch (error) {
    throw new ScriptError(`${describeError(error)}\n${usage}`, { cause: error });
  }
}
