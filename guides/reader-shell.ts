import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readdir, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';

/** What a block came to. */
export interface BlockOutcome {
  /** Of the first command that failed; 0 where none did. Null where it did not end in time. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ReaderShellOptions {
  /** Put before the shell: a namespace of its own. */
  readonly through: readonly string[];
  /** Programs that it finds besides the system's: name and text of a script. */
  readonly programs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const pollMs = 20;
/** How long what a shell has started has to end once it is told to. */
const endMs = 15_000;

/**
 * The shell of somebody who follows a page and copies each block of it: one for the whole page, so that variables and
 * programs in the background carry over, in an empty home folder. The first command that fails ends it. It belongs to
 * whoever creates it, and `end` ends all that it started.
 */
export class ReaderShell {
  /** The reader's home, and where the shell is at first. */
  readonly home: string;
  readonly #folder: string;
  readonly #shell: ChildProcess;
  readonly #exited: Promise<unknown>;
  #blocks = 0;

  private constructor(folder: string, shell: ChildProcess) {
    this.#folder = folder;
    this.home = join(folder, 'home');
    this.#shell = shell;
    this.#exited = once(shell, 'close');
  }

  static async create({ through, programs, env }: ReaderShellOptions): Promise<ReaderShell> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'pulsewire-reader-')));
    const [home, bin] = [join(folder, 'home'), join(folder, 'bin')];
    for (const path of [home, bin, join(folder, 'blocks')]) await mkdir(path);
    for (const [name, text] of Object.entries(programs))
      await writeFile(join(bin, name), text, { mode: 0o755 });
    const path = [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
    const [program = 'bash', ...args] = [...through, 'bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'];
    const shell = spawn(program, args, {
      cwd: home,
      // Nothing of whoever runs the test: no display, no settings, no other home.
      env: { HOME: home, PATH: path.join(delimiter), LANG: 'C.UTF-8', ...env },
      stdio: ['pipe', 'ignore', 'inherit'],
      // A group of its own, which is ended as one.
      detached: true,
    });
    // A shell that has ended is told by its block.
    shell.stdin.on('error', () => undefined);
    return new ReaderShell(folder, shell);
  }

  /** Runs a block and waits for its end. */
  async run(text: string, limitMs: number): Promise<BlockOutcome> {
    const files = await this.#write(text);
    this.#shell.stdin!.write(
      `. ${files.text} </dev/null >${files.stdout} 2>${files.stderr}; echo 0 >${files.done}\n`,
    );
    const status = await this.#waitFor(limitMs, async () => ((await isThere(files.done)) ? 0 : undefined));
    return { status, ...(await readOutput(files)) };
  }

  /** Starts a block that stays, as in a terminal of its own, and waits until it has printed `sign`. */
  async start(text: string, sign: string, limitMs: number): Promise<BlockOutcome> {
    const files = await this.#write(text);
    this.#shell.stdin!.write(
      `(trap 'echo $? >${files.done}' EXIT; . ${files.text}) </dev/null >${files.stdout} 2>${files.stderr} &\n`,
    );
    const status = await this.#waitFor(limitMs, async () => {
      if ((await readOutput(files)).stdout.includes(sign)) return 0;
      return (await isThere(files.done)) ? Number(await readFile(files.done, 'utf8')) || 1 : undefined;
    });
    return { status, ...(await readOutput(files)) };
  }

  /** Ends what the shell has started, and removes its folder. Returns what had to be killed: its command lines. */
  async end(): Promise<string[]> {
    this.#signal('SIGTERM');
    const startMs = systemClock.monotonic();
    let left = await this.#findLeft();
    while (left.length > 0 && systemClock.monotonic() - startMs < endMs) {
      await systemClock.sleep(pollMs);
      left = await this.#findLeft();
    }
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
    return left.map(({ command }) => command);
  }

  async #write(text: string): Promise<Record<'text' | 'stdout' | 'stderr' | 'done', string>> {
    const path = join(this.#folder, 'blocks', String(++this.#blocks));
    await writeFile(path, text);
    return { text: path, stdout: `${path}.out`, stderr: `${path}.err`, done: `${path}.done` };
  }

  /** The first answer of `look`; the shell's exit status where it ended before; null where neither came in time. */
  async #waitFor(limitMs: number, look: () => Promise<number | undefined>): Promise<number | null> {
    const startMs = systemClock.monotonic();
    while (systemClock.monotonic() - startMs < limitMs) {
      const ended = this.#shell.exitCode;
      const status = await look();
      if (status !== undefined) return status;
      if (ended !== null) return ended || 1;
      await systemClock.sleep(pollMs);
    }
    return null;
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.#shell.pid!, signal);
    } catch (thrown) {
      // All of it has ended already.
      if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
    }
  }

  /** Whatever has this reader's home in its environment. */
  async #findLeft(): Promise<{ pid: number; command: string }[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(
      pids.map(async (pid) => {
        try {
          const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
          if (!environment.includes(`HOME=${this.home}`)) return [];
          const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
          // One that has ended and is not yet buried has no program any more.
          await readlink(`/proc/${pid}/exe`);
          return [{ pid: Number(pid), command }];
        } catch {
          // It has ended meanwhile, or is somebody else's.
          return [];
        }
      }),
    );
    return found.flat();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => '')).endsWith('\n');
}

async function readOutput(files: {
  stdout: string;
  stderr: string;
}): Promise<{ stdout: string; stderr: string }> {
  const [stdout, stderr] = await Promise.all(
    [files.stdout, files.stderr].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  return { stdout: stdout!, stderr: stderr! };
}
