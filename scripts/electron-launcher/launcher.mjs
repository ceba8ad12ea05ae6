// The app inside the fallback Electron, in place of the default app that it lacks: it loads the app
// folder named on the command line the way stock Electron does. Copied to resources/app/ there.
// It awaits the app at the top level, because Electron holds `ready` back until its main module has
// loaded, and an app must be able to register its schemes before that.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * What a default app needs and Electron's public types leave out.
 *
 * @type {typeof app & {
 *   setAppPath: (path: string) => void,
 *   setVersion: (version: string) => void,
 *   setDesktopName?: (name: string) => void,
 * }}
 */
const host = /** @type {any} */ (app);

const { appFolder, preloaded } = readCommandLine(process.argv.slice(1));

if (appFolder === undefined) {
  process.stderr.write('electron: name the folder of an app, for example: electron .\n');
  process.exit(1);
}

const require = createRequire(import.meta.url);
for (const path of preloaded) require(resolve(path));
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });

try {
  await import(pathToFileURL(prepareApp(resolve(appFolder))).href);
} catch (error) {
  const text = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`electron: the app at ${resolve(appFolder)} could not be loaded: ${text}\n`);
  process.exit(1);
}

/**
 * The first argument that is not a switch is the app; all after it belongs to the app.
 *
 * @param {readonly string[]} args
 * @returns {{appFolder: string | undefined, preloaded: string[]}}
 */
function readCommandLine(args) {
  /** @type {string[]} */
  const preloaded = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '--require' || argument === '-r') preloaded.push(args[(index += 1)] ?? '');
    else if (argument === '--version' || argument === '-v') {
      process.stdout.write(`v${process.versions.electron}\n`);
      process.exit(0);
    } else if (!argument.startsWith('-')) return { appFolder: argument, preloaded };
  }
  return { appFolder: undefined, preloaded };
}

/**
 * Gives Electron the app's name, version and path, and answers which file to load.
 *
 * @param {string} path of a folder with a package.json, or of a script
 * @returns {string}
 */
function prepareApp(path) {
  const packagePath = join(path, 'package.json');
  if (!existsSync(packagePath)) {
    const isFolder = statSync(path).isDirectory();
    host.setAppPath(isFolder ? path : dirname(path));
    return isFolder ? join(path, 'index.js') : path;
  }
  /** @type {{name?: string, productName?: string, desktopName?: string, version?: string, main?: string}} */
  const description = JSON.parse(readFileSync(packagePath, 'utf8'));
  if (description.version !== undefined) host.setVersion(description.version);
  const name = description.productName ?? description.name;
  if (name !== undefined) app.setName(name);
  // Linux only.
  host.setDesktopName?.(description.desktopName ?? `${app.getName()}.desktop`);
  host.setAppPath(path);
  return join(path, description.main ?? 'index.js');
}
