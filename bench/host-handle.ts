import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serverFlags } from '../scripts/lib/server-flags.mjs';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import type { BusyClient, HostAnswer, HostQuestion, HostState, HostUse } from './host-process.ts';
import { hearChild } from './hear-child.ts';

const restMs = 6_000;

/** A host in a process of its own, seen from the bench. */
export class HostHandle {
  readonly port: number;
  readonly token: string;
  readonly #child: ChildProcess;
  #nextId = 1;

  private constructor(child: ChildProcess, port: number, token: string) {
    this.#child = child;
    this.port = port;
    this.token = token;
  }

  static async start(): Promise<HostHandle> {
    const child = fork(fileURLToPath(new URL('./host-process.js', import.meta.url)), [], {
      execArgv: ['--expose-gc', ...serverFlags],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const answer = await hearChild<HostAnswer>(child, (message) => message.event === 'listening');
    if (answer.event !== 'listening') throw new Error('The host did not start.');
    return new HostHandle(child, answer.port, answer.token);
  }

  /** What the host has under way, after a collection of garbage. */
  async state(): Promise<HostState> {
    const answer = await this.#ask('state');
    if (answer.event !== 'state') throw new Error('The host gave no state.');
    return answer.state;
  }

  /** Processor time that the host has used, user and system, and frames that it has sent to those who are there. */
  async use(): Promise<HostUse> {
    const answer = await this.#ask('use');
    if (answer.event !== 'use') throw new Error('The host gave no account of its use.');
    return answer.use;
  }

  /** Its clients of more than one subscription, those that are being shown out too. */
  async busyClients(): Promise<readonly BusyClient[]> {
    const answer = await this.#ask('busy');
    if (answer.event !== 'busy') throw new Error('The host did not tell of its clients.');
    return answer.clients;
  }

  /** Lets it stand still, so that it takes nothing from whatever else is measured. */
  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /**
   * The same once memory has come to rest: V8 gives what a burst of connections made its young generation grow by back
   * only at a collection that finds little being allocated.
   */
  async settledState(): Promise<HostState> {
    await this.state();
    await systemClock.sleep(restMs);
    return this.state();
  }

  async stop(): Promise<void> {
    this.resume();
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.send({ id: this.#nextId++, ask: 'stop' } satisfies HostQuestion);
    await exited;
  }

  #ask(ask: 'state' | 'use' | 'busy'): Promise<HostAnswer> {
    const id = this.#nextId++;
    const answered = hearChild<HostAnswer>(
      this.#child,
      (message) => message.event === ask && message.id === id,
    );
    this.#child.send({ id, ask } satisfies HostQuestion);
    return answered;
  }
}
