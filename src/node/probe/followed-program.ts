import { spawn, type ChildProcess } from 'node:child_process';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';

export interface FollowedProgramOptions {
  readonly clock: Clock;
  readonly path: string;
  readonly args: readonly string[];
  /** Called with the lines of each piece of its output. */
  readonly onLines: (lines: readonly string[]) => void;
  /** Called once, when it has ended, with what it said last. */
  readonly onEnd: (words: string) => void;
}

/** How long it may take to end when it is asked to. */
const graceMs = 1_000;
/** A line that does not end before so much is none. */
const longestLine = 64 * 1024;

/** A program that goes on saying things, started without a shell. Whoever made it stops it. */
export class FollowedProgram {
  readonly #clock: Clock;
  readonly #child: ChildProcess;
  readonly #ended = new AbortController();
  #rest = '';
  #words = '';

  /** Throws where it cannot be started for want of processes; one that is missing ends at once. */
  constructor({ clock, path, args, onLines, onEnd }: FollowedProgramOptions) {
    this.#clock = clock;
    const child = spawn(path, args, {
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${this.#rest}${text}`.split('\n');
      this.#rest = lines.pop()!.slice(-longestLine);
      if (lines.length > 0) this.#words = lines.at(-1)!.slice(0, 200);
      onLines(lines);
    });
    const end = (words: string): void => {
      if (this.#ended.signal.aborted) return;
      this.#ended.abort(new MonitorError('closed', 'The program has ended.'));
      onEnd(words);
    };
    child.once('error', ({ message }) => child.pid === undefined && end(message));
    child.once('exit', (code, signal) => end(this.#words || `It ended with ${signal ?? `code ${code}`}.`));
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks it to end, and ends it where it does not. */
  stop(): void {
    this.#child.kill('SIGTERM');
    void this.#clock.sleep(graceMs, this.#ended.signal).then(
      () => this.kill(),
      () => undefined,
    );
  }

  /** Ends it without asking. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
