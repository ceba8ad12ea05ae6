import { availableParallelism, release } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureBuild } from './build.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { loadBenches } from './lib/bench-modules.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';

/** How long what a bench has started may take to end after its result. */
const lingerMs = 5000;

// npm run bench: lists what is measured. npm run bench -- NAME [--json] [ARGS]: measures it on the
// production build; with --json the last line is one object.
await runCommand('bench', async () => {
  const { values, tokens } = parseArgs({
    options: { json: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const name = tokens.find((token) => token.kind === 'positional')?.value;
  const json = values['json'] === true;
  const args = process.argv.slice(2).filter((argument) => argument !== name && argument !== '--json');

  await ensureBuild();
  const benches = await loadBenches();
  if (name === undefined) {
    const width = Math.max(0, ...[...benches.keys()].map((key) => key.length));
    for (const [key, { description }] of benches) {
      process.stdout.write(`${key.padEnd(width)}  ${description}\n`);
    }
    return;
  }
  const bench = benches.get(name);
  if (bench === undefined) {
    throw new ScriptError(
      `There is no bench ${name}. There are: ${[...benches.keys()].join(', ') || 'none'}.`,
    );
  }
  const machine = await describeMachine();
  const { figures, baseline } = await bench.run({ json, args });
  if (json) process.stdout.write(`${JSON.stringify({ bench: name, machine, figures, baseline })}\n`);
  else printResult(name, machine, figures, baseline);
  endLingering(name);
});

async function describeMachine() {
  const runtime = await resolveElectronRuntime({ present: true }).catch((error) => {
    if (error instanceof ScriptError) return undefined;
    throw error;
  });
  return {
    cores: availableParallelism(),
    kernel: release(),
    node: process.version,
    electron: runtime?.version ?? null,
  };
}

/**
 * @param {string} name
 * @param {object} machine
 * @param {Record<string, unknown>} figures
 * @param {Record<string, unknown>} baseline
 */
function printResult(name, machine, figures, baseline) {
  process.stdout.write(`${name} on ${JSON.stringify(machine)}\n`);
  for (const [title, values] of Object.entries({ figures, baseline })) {
    process.stdout.write(`${title}\n`);
    for (const [key, value] of Object.entries(values)) {
      process.stdout.write(`  ${key.padEnd(28)} ${JSON.stringify(value)}\n`);
    }
  }
}

/**
 * A bench that leaves a timer, a socket or a process open would keep this command for ever.
 *
 * @param {string} name
 */
function endLingering(name) {
  setTimeout(() => {
    const left = process.getActiveResourcesInfo().join(', ');
    process.stderr.write(`bench: ${name} has left this open, so it is ended here: ${left}\n`);
    process.exit(1);
  }, lingerMs).unref();
}
