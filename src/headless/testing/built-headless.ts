import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..', '..');

/** Builds the headless program alone, as the real build does, and returns its entry. */
export async function buildHeadless(): Promise<string> {
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

/** A headless program under way. */
export class HeadlessProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly exited: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;

  constructor(entry: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
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
