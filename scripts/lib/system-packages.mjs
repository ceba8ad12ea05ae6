import { existsSync } from 'node:fs';
import { describeProcessFailure, runProcess } from './run-process.mjs';
import { ScriptError } from './script-error.mjs';

/**
 * Something that a machine needs: any one of these packages serves, the first is the one to install.
 * Names are Debian 12's; a newer release's (libasound2t64) are found through what they provide.
 *
 * @typedef {readonly [string, ...string[]]} Requirement
 */

/** What Electron is linked against. @type {readonly Requirement[]} */
export const electronRequirements = [
  ['libnss3'],
  ['libatk1.0-0'],
  ['libatk-bridge2.0-0'],
  ['libcups2'],
  ['libgtk-3-0'],
  ['libgbm1'],
  ['libasound2'],
  ['libxss1'],
  ['libxtst6'],
];

/** What packages are compressed with. @type {readonly Requirement[]} */
export const packageRequirements = [['p7zip-full', '7zip']];

/**
 * What the end-to-end tests need. A browser that PULSEWIRE_CHROMIUM names spares the package.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Requirement[]}
 */
export function deriveTestRequirements(environment) {
  /** @type {Requirement[]} */
  const browser = environment['PULSEWIRE_CHROMIUM']
    ? []
    : [['chromium', 'chromium-browser', 'google-chrome-stable']];
  return [
    ...electronRequirements,
    ...browser,
    ['xvfb'],
    ['xauth'],
    ['dbus'],
    ['dbus-x11'],
    ['fonts-liberation', 'fonts-liberation2', 'fonts-dejavu-core'],
    ...packageRequirements,
    // What a desktop and a software centre say of the packages.
    ['desktop-file-utils'],
    ['appstream'],
  ];
}

/** What the client in another language needs; where it cannot be had, its test is skipped. @type {readonly Requirement[]} */
export const independentClientRequirements = [['python3'], ['python3-websockets']];

const updateLimitMs = 3 * 60 * 1000;
const installLimitMs = 5 * 60 * 1000;
/** Somebody else (unattended upgrades) may hold the package database for a while. */
const installOptions = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];

/**
 * Sees to it that the packages are there. Quick where they are; installs what is missing where it may
 * (root, or sudo without a password); elsewhere says which one line does it. On a system without
 * Debian's packages it says once what is needed, and trusts that it is there.
 *
 * @param {readonly Requirement[]} requirements
 * @param {(line: string) => void} log
 * @returns {Promise<string[]>} the packages that it installed
 * @throws {ScriptError} where something is missing and cannot be installed
 */
export async function ensureSystemPackages(requirements, log) {
  if (process.platform !== 'linux') return [];
  if (!existsSync('/var/lib/dpkg/status')) {
    const names = requirements.map(([name]) => name).join(' ');
    log(`this is no Debian or Ubuntu; what they call ${names} must be installed here`);
    return [];
  }
  const missing = findMissing(requirements, parseInstalled(await listInstalled()));
  if (missing.length === 0) return [];

  const prefix = await findInstallPrefix();
  if (prefix === undefined) {
    const names = (await chooseAvailable(missing)).join(' ');
    throw new ScriptError(
      `These system packages are missing: ${names}. They cannot be installed from here without a ` +
        `password. Run this, then start again:\n  sudo apt-get update && sudo apt-get install -y ${names}`,
    );
  }
  log(`installing system packages: ${missing.join(' ')}`);
  const update = await runApt(prefix, ['update'], updateLimitMs);
  const names = await chooseAvailable(missing);
  const install = await runApt(prefix, ['install', ...installOptions, ...names], installLimitMs);
  if (install.status === 0) return names;
  const failed = update.status === 0 ? install : update;
  const said = /^E: .*$/m.exec(failed.output)?.[0];
  throw new ScriptError(
    `The system packages ${names.join(' ')} could not be installed: apt-get ${describeProcessFailure(failed)}` +
      `${said === undefined ? '' : ` (${said})`}. Run this to see why, then start again:\n` +
      `  ${[...prefix, 'apt-get', 'install', ...names].join(' ')}`,
  );
}

/**
 * Names of all installed packages and of what they provide, from lines of
 * `${Package}\t${db:Status-Status}\t${Provides}`.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function parseInstalled(text) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const line of text.split('\n')) {
    const [name, status, provides = ''] = line.split('\t');
    if (name === undefined || status !== 'installed') continue;
    names.add(name);
    for (const provided of provides.split(',')) {
      const virtual = /^\s*([a-z0-9][a-z0-9.+-]*)/.exec(provided)?.[1];
      if (virtual !== undefined) names.add(virtual);
    }
  }
  return names;
}

/**
 * The package to install for each requirement that nothing installed meets.
 *
 * @param {readonly Requirement[]} requirements
 * @param {ReadonlySet<string>} installed
 * @returns {string[]}
 */
export function findMissing(requirements, installed) {
  return requirements
    .filter((names) => !names.some((name) => installed.has(name) || installed.has(`${name}t64`)))
    .map(([first]) => first);
}

/**
 * Names that apt can install, from the output of `apt-cache policy`. A name that only stands for
 * others has no candidate.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function parseCandidates(text) {
  const names = [...text.matchAll(/^(\S+):\n\s+Installed: .*\n\s+Candidate: (.*)$/gm)];
  return new Set(names.filter((match) => match[2] !== '(none)').map((match) => String(match[1])));
}

/**
 * The name by which this release knows each package: since 2024 many libraries end in `t64`.
 *
 * @param {readonly string[]} names
 * @param {ReadonlySet<string>} candidates
 * @returns {string[]}
 */
export function chooseNames(names, candidates) {
  return names.map((name) => (!candidates.has(name) && candidates.has(`${name}t64`) ? `${name}t64` : name));
}

/** @returns {Promise<string>} */
async function listInstalled() {
  const format = '${Package}\\t${db:Status-Status}\\t${Provides}\\n';
  const result = await runProcess('dpkg-query', ['-W', `-f=${format}`], { keptCharacters: Infinity });
  return result.output;
}

/** @param {readonly string[]} names @returns {Promise<string[]>} */
async function chooseAvailable(names) {
  const all = names.flatMap((name) => [name, `${name}t64`]);
  const env = { ...process.env, LC_ALL: 'C' };
  const { output } = await runProcess('apt-cache', ['policy', ...all], { env });
  return chooseNames(names, parseCandidates(output));
}

/** @returns {Promise<string[] | undefined>} what to put before apt-get; undefined where it is not allowed */
async function findInstallPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = await runProcess('sudo', ['-n', 'true'], { timeoutMs: 5000 });
  return sudo.status === 0 ? ['sudo', '-n'] : undefined;
}

/** @param {readonly string[]} prefix @param {readonly string[]} args @param {number} timeoutMs */
function runApt(prefix, args, timeoutMs) {
  const [file = 'apt-get', ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    ...args,
  ];
  return runProcess(file, rest, { timeoutMs });
}
