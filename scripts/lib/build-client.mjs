import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'vite';
import { projectFolder } from './project.mjs';
import { describeProcessFailure, runProcess } from './run-process.mjs';
import { ScriptError } from './script-error.mjs';

const source = join(projectFolder, 'src');
const outputFolder = join(projectFolder, 'out', 'client');
const typesFolder = join(projectFolder, 'node_modules', '.cache', 'types');
/** Where the compiler leaves the declarations of a folder of src/: one project each, the innermost first. */
const declarations = [
  { folder: join(source, 'client', 'node'), emitted: join(typesFolder, 'client-node') },
  { folder: join(source, 'client'), emitted: join(typesFolder, 'client') },
  { folder: join(source, 'shared'), emitted: join(typesFolder, 'shared') },
];
/** A relative import in a declaration. */
const relativeImport = /((?:from|import)\s*\(?\s*['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;

/**
 * Makes `pulsewire/client`: one ES module for browsers, one for Node, and their declarations. Packages that it needs
 * stay imports, so that whoever bundles it has each once.
 *
 * @param {{verbose: boolean}} options
 * @throws {ScriptError} where the types do not compile
 */
export async function buildClient({ verbose }) {
  await rm(outputFolder, { recursive: true, force: true });
  const mode = process.env['NODE_ENV'];
  await Promise.all([bundle(verbose), declare()]);
  // The bundler sets it for itself, and whatever is started later would run as in production: tests, npm without what is for development.
  if (mode === undefined) delete process.env['NODE_ENV'];
}

/** @param {boolean} verbose */
async function bundle(verbose) {
  await build({
    configFile: false,
    root: projectFolder,
    publicDir: false,
    logLevel: verbose ? 'info' : 'warn',
    build: {
      outDir: outputFolder,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      sourcemap: false,
      lib: {
        formats: ['es'],
        entry: {
          browser: join(source, 'client', 'browser-entry.ts'),
          node: join(source, 'client', 'node', 'node-entry.ts'),
        },
      },
      rolldownOptions: {
        external: [/^node:/, 'ws', 'valibot'],
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
      },
    },
  });
}

async function declare() {
  const compiler = join(projectFolder, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = await runProcess(process.execPath, [compiler, '-b', join('src', 'client', 'node')], {
    cwd: projectFolder,
    show: 'stderr',
  });
  if (result.status !== 0) {
    throw new ScriptError(`The client's types: tsc ${describeProcessFailure(result)}.`);
  }
  /** @type {Set<string>} */
  const done = new Set();
  for (const entry of ['browser-entry.ts', join('node', 'node-entry.ts')]) {
    await declareFile(join(source, 'client', entry), done);
  }
}

/**
 * Copies a module's declarations and those of whatever it imports. They import by `.ts`, which only the project itself
 * may; others resolve `.js`.
 *
 * @param {string} path of the module @param {Set<string>} done
 */
async function declareFile(path, done) {
  if (done.has(path)) return;
  done.add(path);
  const project = declarations.find(({ folder }) => path.startsWith(folder));
  if (project === undefined) throw new ScriptError(`${path} belongs to no project of the client.`);
  const fromRoot = relative(projectFolder, path).replace(/\.ts$/, '.d.ts');
  const text = await readFile(join(project.emitted, fromRoot), 'utf8');
  const target = join(outputFolder, 'types', relative(source, path).replace(/\.ts$/, '.d.ts'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text.replace(relativeImport, '$1$2.js$3'));
  for (const [, , imported] of text.matchAll(relativeImport)) {
    await declareFile(resolve(dirname(path), `${imported}.ts`), done);
  }
}
