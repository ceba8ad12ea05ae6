import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from './lib/project.mjs';
import { loadForgeParser } from './testing/forge-parser.mjs';

/**
 * @typedef {object} Step
 * @property {string} [uses]
 * @property {string} [run]
 * @property {Record<string, unknown>} [with]
 *
 * @typedef {object} Job
 * @property {string} [environment]
 * @property {Record<string, string>} [permissions]
 * @property {number} [timeout-minutes]
 * @property {Step[]} steps
 */

const folder = join(projectFolder, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const names = readdirSync(folder);
const files = names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
/** @param {string} text @returns {Job[]} */
const jobsOf = (text) => Object.values(parse(text).jobs);

/** @type {import('./testing/forge-parser.mjs').ForgeParser} */
let forge;
beforeAll(async () => {
  forge = await loadForgeParser();
});

/** What the forge's own parser has against a workflow. @param {string} name @param {string} content */
async function findErrors(name, content) {
  const { context, value } = forge.parseWorkflow({ name, content }, new forge.NoOperationTraceWriter());
  const template = value && (await forge.convertWorkflowTemplate(context, value));
  const converted = (template?.errors ?? []).map((error) => error.Message);
  return [...context.errors.getErrors().map(({ message }) => message), ...converted];
}

describe('the parser of the forge', () => {
  it('finds what is wrong with a workflow', async () => {
    const broken = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-22.04\n    stepz: []\n';
    expect(await findErrors('broken.yml', broken)).toContainEqual(expect.stringContaining('stepz'));
    const expression =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ nothing.here }}\n';
    expect(await findErrors('broken.yml', expression)).not.toEqual([]);
  });
});

describe.each(files)('$name', ({ name, text }) => {
  const jobs = jobsOf(text);
  const steps = jobs.flatMap((job) => job.steps);

  it('is a workflow', async () => {
    expect(await findErrors(name, text)).toEqual([]);
  });

  it('runs nothing but scripts of package.json', () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) {
      const [, script] = /^npm (?:run )?([\w:]+)(?: --( [\w,-]+)+)?$/.exec(command) ?? [];
      if (command !== 'npm ci --ignore-scripts')
        expect([command, Object.keys(scripts)]).toEqual([command, expect.arrayContaining([script])]);
    }
  });

  it('uses actions by the commit of a release alone', () => {
    const used = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(used).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may read, and no more unless a job says so', () => {
    expect(parse(text).permissions).toEqual({ contents: 'read' });
    for (const job of jobs) {
      if (job.permissions !== undefined) expect(job.environment).toBe('release');
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  it('leaves no token in the checkout, and has secrets in the environment of releases alone', () => {
    for (const { uses, with: options } of steps.filter(({ uses: action }) =>
      action?.startsWith('actions/checkout@'),
    )) {
      expect([uses, options?.['persist-credentials']]).toEqual([uses, false]);
    }
    for (const job of jobs) {
      if (JSON.stringify(job).includes('secrets.')) expect(job.environment).toBe('release');
    }
    if (/^ {2}pull_request/m.test(text)) expect(text).not.toMatch(/secrets\.|pull_request_target/);
  });
});

describe('workflows', () => {
  it('take the same commit of an action everywhere', () => {
    const all = files.flatMap(({ text }) => [...text.matchAll(/uses: (\S+)@(\S+)/g)]);
    const commits = new Map(all.map(([, action, commit]) => [action, commit]));
    for (const [, action, commit] of all) expect([action, commit]).toEqual([action, commits.get(action)]);
  });

  it('propose no update that decision 2 holds back, and hold back what is there', () => {
    const { updates } = parse(readFileSync(join(projectFolder, '.github', 'dependabot.yml'), 'utf8'));
    /** @type {{'dependency-name': string, versions: string[]}[]} */
    const ignored = updates[0].ignore;
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(projectFolder, 'package.json'), 'utf8'),
    );
    const decision = readFileSync(join(projectFolder, 'docs', 'decisions', '0002-libraries.md'), 'utf8');
    const heldBack = decision
      .slice(decision.indexOf('Versions are held back'))
      .split('\n\n')[0]
      ?.toLowerCase();
    for (const { 'dependency-name': name, versions } of ignored) {
      const range = { ...dependencies, ...devDependencies }[name];
      for (const later of versions) expect([name, semver.intersects(range, later)]).toEqual([name, false]);
      expect(heldBack).toContain(name);
    }
  });
});
