import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { resolveElectronRuntime } from '../../scripts/electron-runtime.mjs';
import { MarkedProcesses } from '../fixtures/marked-processes.ts';

const projectFolder = resolve(import.meta.dirname, '..', '..');
const keptCharacters = 64 * 1024;

/**
 * The app without Playwright in it, which tells every page that it is seen and has the focus. What it does is
 * observed from outside: by its server, and by starting it again.
 */
export class UnwatchedApp implements AsyncDisposable {
  readonly dataFolder: string;
  readonly #executablePath: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #marked = new MarkedProcesses();
  readonly #process: ChildProcess;
  #log = '';

  private constructor(
    executablePath: string,
    dataFolder: string,
    args: readonly string[],
    env: Record<string, string>,
  ) {
    this.#executablePath = executablePath;
    this.dataFolder = dataFolder;
    this.#env = env;
    this.#process = this.#spawn(args);
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString('utf8')).slice(-keptCharacters);
    });
  }

  static async start(args: readonly string[], env: Record<string, string> = {}): Promise<UnwatchedApp> {
    const { executablePath } = await resolveElectronRuntime();
    const dataFolder = await mkdtemp(join(tmpdir(), 'pulsewire-app-'));
    return new UnwatchedApp(executablePath, dataFolder, args, env);
  }

  /** The end of what it has written to standard error. */
  get log(): string {
    return this.#log;
  }

  get hasExited(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Starts it a second time; resolves with the exit status of that second program. */
  async startAgain(args: readonly string[]): Promise<number | null> {
    const second = this.#spawn(args);
    second.stderr?.resume();
    const [status] = (await once(second, 'exit')) as [number | null];
    return status;
  }

  /** Ends it in good order, and resolves with its exit status. */
  async stop(): Promise<number | null> {
    if (!this.hasExited) {
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await exited;
    }
    return this.#process.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.#marked.kill();
    await rm(this.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }

  #spawn(args: readonly string[]): ChildProcess {
    const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return spawn(this.#executablePath, [...switches, projectFolder, '--data-dir', this.dataFolder, ...args], {
      env: { ...process.env, ...this.#env, ...this.#marked.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
}
