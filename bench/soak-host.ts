import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SoakAnswer, SoakQuestion, SoakState } from './soak-host-process.ts';
import { hearChild } from './hear-child.ts';

/** The host of a soak, seen from its driver. */
export class SoakHost {
  readonly port: number;
  readonly tokens: readonly string[];
  /** Settles when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  readonly #child: ChildProcess;
  #nextId = 1;

  private constructor(child: ChildProcess, port: number, tokens: readonly string[]) {
    this.#child = child;
    this.port = port;
    this.tokens = tokens;
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  static async start(): Promise<SoakHost> {
    const child = fork(fileURLToPath(new URL('./soak-host-process.js', import.meta.url)), [], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const answer = await hearChild<SoakAnswer>(child, (message) => message.event === 'listening');
    if (answer.event !== 'listening') throw new Error('The host did not start.');
    return new SoakHost(child, answer.port, answer.tokens);
  }

  /** `collect`: after a collection of garbage, with the size of the heap. */
  async state(collect: boolean): Promise<SoakState> {
    const id = this.#nextId++;
    const answered = hearChild<SoakAnswer>(
      this.#child,
      (message) => message.event === 'state' && message.id === id,
    );
    this.#child.send({ id, ask: collect ? 'collect' : 'state' } satisfies SoakQuestion);
    const answer = await answered;
    if (answer.event !== 'state') throw new Error('The host gave no state.');
    return answer.state;
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.send({ id: this.#nextId++, ask: 'stop' } satisfies SoakQuestion);
    await this.exited;
  }
}
