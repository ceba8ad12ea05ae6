import { rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { isRunning } from './file-lock.mjs';
import { projectFolder } from './project.mjs';
import { ScriptError } from './script-error.mjs';

/**
 * What a file bench/NAME.bench.ts or .mjs exports.
 *
 * @typedef {object} BenchModule
 * @property {string} description one line
 * @property {(options: {json: boolean, args: string[]}) => Promise<BenchFigures>} run `json`: keep
 *   standard output free, and report progress on standard error
 *
 * @typedef {object} BenchFigures
 * @property {Record<string, unknown>} figures
 * @property {Record<string, unknown>} baseline
 */

const sourceFolder = join(projectFolder, 'bench');
const builtFolder = join(projectFolder, 'node_modules', '.cache', 'pulsewire-bench');
const benchPattern = /^(.+)\.bench\.(ts|mjs)$/;

/**
 * Compiles all of bench/ to plain JavaScript, so that what is measured runs as it would in a build,
 * and a bench can fork a client beside it: bench/viewer-client.ts is
 * `new URL('./viewer-client.js', import.meta.url)`.
 *
 * @returns {Promise<string>} the folder, gone with this process
 */
export async function buildBenches() {
  const sources = await listSources();
  const own = join(builtFolder, String(process.pid));
  await removeAbandoned();
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: own,
      emptyOutDir: true,
      target: 'node20.18',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(
          sources.map((name) => [name.replace(/\.(ts|mjs)$/, ''), join(sourceFolder, name)]),
        ),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  });
  return own;
}

/**
 * Compiles bench/ and loads what it measures.
 *
 * @returns {Promise<Map<string, BenchModule>>} by name, in order
 * @throws {ScriptError} where a file does not keep to the contract
 */
export async function loadBenches() {
  const own = await buildBenches();
  /** @type {Map<string, BenchModule>} */
  const benches = new Map();
  for (const source of await listSources()) {
    const name = benchPattern.exec(source)?.[1];
    if (name === undefined) continue;
    const path = join(own, `${name}.bench.js`);
    const loaded = /** @type {Partial<BenchModule>} */ (await import(pathToFileURL(path).href));
    if (typeof loaded.description !== 'string' || typeof loaded.run !== 'function') {
      throw new ScriptError(`bench/${source} must export a description and a function run(options).`);
    }
    benches.set(name, { description: loaded.description, run: loaded.run });
  }
  return benches;
}

/** What runs that were killed have left. */
async function removeAbandoned() {
  await mkdir(builtFolder, { recursive: true });
  for (const name of await readdir(builtFolder)) {
    if (!isRunning(Number(name))) await rm(join(builtFolder, name), { recursive: true, force: true });
  }
}

/** The files of bench/ that are programs. */
async function listSources() {
  const names = (await readdir(sourceFolder)).sort();
  return names.filter((name) => /\.(ts|mjs)$/.test(name) && !/\.test\.|\.d\.ts$/.test(name));
}
