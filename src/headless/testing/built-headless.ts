import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Builds the headless program alone, as the real build does, and returns its entry. `beside`: programs of the tests, by
 * name and path in the checkout, that are built into the same folder.
 */
export async function buildHeadless(beside: Readonly<Record<string, string>> = {}): Promise<string> {
  // Inside the checkout, so that the program finds its packages and its version.
  const folder = join(root, 'node_modules', '.cache', 'pulsewire', `headless-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { target: 'node' },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: join(folder, 'out', 'main'),
      rolldownOptions: {
        input: {
          headless: join(root, 'src/headless/headless.ts'),
          'probe-process': join(root, 'src/node/probe/probe-process.ts'),
          ...Object.fromEntries(Object.entries(beside).map(([name, path]) => [name, join(root, path)])),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
  return join(folder, 'out', 'main', 'headless.js');
}

/** Removes what `buildHeadless` made. */
export async function removeBuild(entry: string): Promise<void> {
  await rm(join(entry, '..', '..', '..'), { recursive: true, force: true });
}

/** The settings for all users of the machine that the tests run on are none of theirs. */
const noMachineSettings = { PULSEWIRE_SYSTEM_CONFIG: join(root, 'no-such-file.json'), ...process.env };

/** A headless program under way. */
export class HeadlessProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly exited: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;

  /** `through`: a program and its arguments that start it, as `nsenter` does. */
  constructor(entry: string, args: readonly string[], through: readonly string[] = []) {
    const [program = '', ...rest] = [...through, process.execPath, entry, ...args];
    this.child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: noMachineSettings });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = once(this.child, 'close').then(([status, signal]) => ({
      status: status as number | null,
      signal: signal as NodeJS.Signals | null,
    }));
  }

  /** The first line of standard output, waited for. Throws where the program ends before. */
  async firstLine(): Promise<string> {
    while (!this.stdout.includes('\n')) {
      const ended = await Promise.race([
        once(this.child.stdout!, 'data').then(() => false),
        this.exited.then(() => true),
      ]);
      if (ended && !this.stdout.includes('\n')) throw new Error(`Ended before a line: ${this.stderr}`);
    }
    return this.stdout.slice(0, this.stdout.indexOf('\n'));
  }
}
