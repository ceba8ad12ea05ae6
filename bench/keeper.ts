import { AskedChild } from './asked-child.ts';
import type { KeptProgram } from './keeper-process.ts';

/** Programs beside a bench, started and ended by a process of their own; see keeper-process.ts. */
export class Keeper {
  readonly #child = new AskedChild('keeper-process.js');

  /** Their pids. */
  start(program: Omit<KeptProgram, 'count'> & { readonly count?: number }): Promise<number[]> {
    return this.#child.ask('start', { count: 1, ...program });
  }

  /** Idle ones, for the others to list. */
  async startIdle(count: number): Promise<void> {
    if (count > 0) await this.start({ file: 'sleep', args: ['86400'], count });
  }

  /** Stops or continues a program with all that it has started. */
  signal(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    return this.#child.ask('signal', { pid, signal });
  }

  /** Ends all of them. */
  end(): Promise<void> {
    return this.#child.end();
  }
}
