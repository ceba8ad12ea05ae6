import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { projectFolder } from './lib/project.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';
import { deriveDisplay } from './lib/test-steps.mjs';
import { deriveTestRequirements, ensureSystemPackages } from './lib/system-packages.mjs';

const filmFolder = join(projectFolder, 'docs', 'images', 'pairing');

// npm run screenshots: compares the pages with their pictures in e2e/screenshots/, which the documents show. `-- --update`
// takes them anew. `-- pairing` takes those of how a phone comes to watch, step by step.
await runCommand('screenshots', async () => {
  await ensureSystemPackages(deriveTestRequirements(process.env), (line) =>
    process.stderr.write(`${line}\n`),
  );
  await ensureBuild();
  if (process.argv.includes('pairing')) await filmPairing();
  else comparePages(process.argv.includes('--update'));
});

/** @param {boolean} update */
function comparePages(update) {
  const more = update ? ['--update-snapshots=all'] : [];
  if (runSpec('screenshots', more, {}) !== 0)
    throw new ScriptError(
      update
        ? 'The pictures were not taken: the test that takes them fails, as it says above.'
        : 'A page does not look as in its picture; test-results/ has both, and what differs. If it should, `npm run screenshots -- --update` takes them anew.',
    );
}

/** The test of it, which takes a picture of each step where it is told a folder. */
async function filmPairing() {
  await mkdir(filmFolder, { recursive: true });
  if (runSpec('pairing-story', [], { PULSEWIRE_FILM: filmFolder }) !== 0)
    throw new ScriptError('The pairing was not filmed: its test fails, as it says above.');
}

/**
 * @param {string} name
 * @param {readonly string[]} more
 * @param {Record<string, string>} env
 */
function runSpec(name, more, env) {
  const spec = ['npx', 'playwright', 'test', `e2e/specs/browser/${name}.spec.ts`, ...more];
  // The host of the pairing is the app itself, which needs a screen.
  const [program = 'npx', ...args] = [...deriveDisplay(process.env, process.platform), ...spec];
  const options = { cwd: projectFolder, env: { ...process.env, ...env } };
  return spawnSync(program, args, { ...options, stdio: 'inherit' }).status;
}
