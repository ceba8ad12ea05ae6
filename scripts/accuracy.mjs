import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureBuild } from './build.mjs';
import { projectFolder } from './lib/project.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

const usage = `usage: npm run accuracy -- [--seconds N] [--load NAME,…] [--json]
  Compares the figures of this machine with those of mpstat, free, iostat, sar, pidstat and df over the
  same time, on the quiet machine and under loads by stress-ng. Exits with 1 where they do not agree.
`;

/** @param {string} path @returns {Promise<any>} */
async function load(path) {
  const found = await runnerImport(join(projectFolder, path), { configFile: false, logLevel: 'error' });
  return found.module;
}

await runCommand('accuracy', async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '30' },
      load: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (process.platform !== 'linux') throw new ScriptError('The tools to compare with are those of Linux.');
  const { loadNames } = await load('accuracy/loads.ts');
  const loads = values.load?.split(',') ?? loadNames;
  const unknown = loads.find((/** @type {string} */ name) => !loadNames.includes(name));
  if (unknown !== undefined) {
    throw new ScriptError(`There is no load ${unknown}. There are: ${loadNames.join(', ')}.`);
  }
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 5) throw new ScriptError('--seconds takes 5 or more.');

  const log = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);
  await ensureSystemPackages([['sysstat'], ['stress-ng'], ['procps']], log);
  await ensureBuild();
  const { measureAccuracy } = await load('accuracy/accuracy.ts');
  const { formatTable, judge } = await load('accuracy/comparison.ts');
  const comparisons = await measureAccuracy({ loads, seconds, log });
  const wrong = comparisons.filter((/** @type {any} */ comparison) => !judge(comparison).agrees).length;
  if (values.json) process.stdout.write(`${JSON.stringify({ comparisons })}\n`);
  else process.stdout.write(`${formatTable(comparisons)}\n`);
  process.stdout.write(`${comparisons.length - wrong} agree, ${wrong} differ\n`);
  return wrong === 0 && comparisons.length > 0 ? 0 : 1;
});
