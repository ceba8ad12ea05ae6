import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './build.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { projectFolder } from './lib/project.mjs';
import { assembleRelease, notesName, warningName } from './lib/release/assemble.mjs';
import { findElectronProblems, makePackages } from './lib/release/make-packages.mjs';
import { prepareRelease } from './lib/release/prepare.mjs';
import { findObstacles, readCommits, readReleaseState, tagOf } from './lib/release/release-state.mjs';
import { describeProcessFailure, runProcess } from './lib/run-process.mjs';
import { describeError, runCommand, ScriptError } from './lib/script-error.mjs';
import { readShippedPackages } from './lib/shipped-packages.mjs';

const usage = `usage: npm run release -- [STAGE] [--dry-run] [--skip-tests] [--folder DIR]
  (no stage)       all that follows but prepare and publish, for this platform
  prepare VERSION  write VERSION, or the next major, minor or patch, into package.json and CHANGELOG.md
  check            say whether this tree is a release: committed, one version everywhere, tagged
  build            make the packages of this platform
  assemble         add bills of materials, notes and checksums to the packages of all platforms
  publish          hand them to the forge as a draft, with its gh

  --dry-run        go on where a release would be refused, and mark what comes of it as not for release
  --skip-tests     do not run npm test (in a dry run only)
  --folder DIR     where the packages are (default: dist/release)
`;
const stages = ['all', 'prepare', 'check', 'build', 'assemble', 'publish'];

/** @param {string} text */
const say = (text) => void process.stdout.write(`${text}\n`);

/**
 * What keeps the tree from being a release.
 *
 * @param {import('./lib/release/release-state.mjs').ReleaseState} state @param {boolean} dryRun
 * @returns {string[]} empty but in a dry run
 */
function check(state, dryRun) {
  const obstacles = findObstacles(state);
  if (obstacles.length > 0 && !dryRun) throw new ScriptError(`This is no release.\n${obstacles.join('\n')}`);
  for (const obstacle of obstacles) say(`not for release: ${obstacle}`);
  if (obstacles.length === 0) say(`${state.version} of ${state.commit.slice(0, 12)} may be released`);
  return obstacles;
}

/** @param {boolean} dryRun @returns {Promise<import('./electron-runtime.mjs').ElectronRuntime>} */
async function findElectron(dryRun) {
  const electron = await resolveElectronRuntime({ release: !dryRun });
  const problems = findElectronProblems(electron);
  if (problems.length > 0 && !dryRun) throw new ScriptError(problems.join('\n'));
  for (const problem of problems) say(`not for release: ${problem}`);
  return electron;
}

/** Runs another of the project's scripts, whose output is ours. @param {string} name @param {readonly string[]} args */
async function runScript(name, args) {
  const path = join(projectFolder, 'scripts', name);
  const result = await runProcess(process.execPath, [path, ...args], { cwd: projectFolder, show: 'both' });
  if (result.status !== 0) throw new ScriptError(`${name} ${describeProcessFailure(result)}: no release.`);
}

/** @param {string} folder @param {boolean} dryRun */
async function assemble(folder, dryRun) {
  await ensureBuild();
  const state = await readReleaseState();
  const commits = await readCommits(state.previousTag);
  const shipped = await readShippedPackages();
  const { files, notForRelease } = await assembleRelease({ folder, state, commits, shipped, dryRun });
  for (const name of files) say(join(folder, name));
  say(notForRelease.length === 0 ? 'complete' : `complete, but not for release: see ${warningName}`);
}

/** @param {string} folder */
async function publish(folder) {
  const { version } = await readReleaseState();
  const names = await readdir(folder);
  if (names.includes(warningName)) throw new ScriptError(`${join(folder, warningName)} says why not.`);
  const args = [
    'release',
    'create',
    tagOf(version),
    '--draft',
    '--verify-tag',
    '--title',
    `Pulsewire ${version}`,
  ];
  args.push('--notes-file', join(folder, notesName));
  if (version.includes('-')) args.push('--prerelease');
  const files = names.filter((name) => name !== notesName).map((name) => join(folder, name));
  const result = await runProcess('gh', [...args, ...files], { cwd: projectFolder, show: 'both' });
  if (result.status !== 0) throw new ScriptError(`gh release create ${describeProcessFailure(result)}.`);
}

await runCommand('release', async () => {
  const { stage, version, folder, dryRun, skipTests, help } = readOptions();
  if (help) return say(usage);
  if (stage === 'prepare') {
    const prepared = await prepareRelease(version, new Date());
    say(`${prepared} is written. Look at CHANGELOG.md, then:`);
    say(`  git commit --all --message "chore(release): ${prepared}"`);
    return say(`  git tag --sign ${tagOf(prepared)} --message "Pulsewire ${prepared}"`);
  }
  if (stage === 'publish') return publish(folder);
  if (stage === 'assemble') return assemble(folder, dryRun);
  const state = await readReleaseState();
  const obstacles = check(state, dryRun);
  if (stage === 'check') return;
  const electron = await findElectron(dryRun);
  if (stage === 'all') {
    if (!skipTests) await runScript('test.mjs', []);
    await runScript('check-dependencies.mjs', dryRun ? [] : ['--require-advisories']);
  }
  const notForRelease = skipTests ? [...obstacles, 'It was not tested.'] : obstacles;
  await makePackages({ state, electron, folder, dryRun, notForRelease });
  if (stage === 'all') await assemble(folder, dryRun);
});

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'skip-tests': { type: 'boolean', default: false },
        folder: { type: 'string', default: join('dist', 'release') },
        help: { type: 'boolean', default: false },
      },
    });
    const [stage = 'all', version = '', ...more] = positionals;
    const dryRun = values['dry-run'];
    if (!stages.includes(stage)) throw new Error(`There is no stage ${stage}.`);
    if ((stage === 'prepare') !== (version !== '') || more.length > 0) {
      throw new Error('prepare takes one version, and no other stage takes any.');
    }
    if (values['skip-tests'] && !dryRun)
      throw new Error('--skip-tests is for a dry run: what is released was tested.');
    const folder = resolve(projectFolder, values.folder);
    return { stage, version, folder, dryRun, skipTests: values['skip-tests'], help: values.help };
  } catch (error) {
    throw new ScriptError(`${describeError(error)}\n${usage}`, { cause: error });
  }
}
