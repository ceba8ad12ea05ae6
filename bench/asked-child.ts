import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Question {
  readonly id: number;
  readonly ask: string;
  readonly value: unknown;
}
type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };

/** What a process under measurement answers, by name of the question. */
export type Answers = Readonly<Record<string, (value: never) => unknown>>;

/** A process of the bench that is asked things over its channel and ends with it. */
export class AskedChild {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  readonly #exited: Promise<unknown>;
  #nextId = 1;

  /** `file` is the compiled name of a source in bench/. */
  constructor(file: string, execArgv: readonly string[] = []) {
    this.#child = fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), [], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit').then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended.`));
      this.#waiting.clear();
    });
    this.#child.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('error' in answer) waiting?.reject(new Error(`${file}: ${answer.error}`));
      else waiting?.resolve(answer.value);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  ask<Value>(ask: string, value: unknown = null): Promise<Value> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (answer) => resolve(answer as Value), reject });
      this.#child.send({ id, ask, value } satisfies Question, (error) => error && reject(error));
    });
  }

  /** Lets go of it, upon which it ends what it has started and itself. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
  }
}

/** The child's side: answers questions until the parent lets go or it is told to end, then runs `end` and exits. */
export function answerParent(answers: Answers, end: () => unknown = () => undefined): void {
  const reply = (answer: Answer): void => {
    // The parent may have gone, in whatever way, while it waited.
    if (process.connected) process.send?.(answer, () => undefined);
  };
  process.on('message', ({ id, ask, value }: Question) => {
    void Promise.resolve()
      .then(() => (answers[ask] as (value: unknown) => unknown)(value))
      .then(
        (answer) => reply({ id, value: answer ?? null }),
        (error: unknown) => reply({ id, error: String(error) }),
      );
  });
  let ending: Promise<never> | null = null;
  const leave = (): void => {
    ending ??= Promise.resolve(end()).finally(() => process.exit(0)) as Promise<never>;
  };
  process.on('disconnect', leave);
  process.on('SIGTERM', leave);
  process.on('SIGHUP', leave);
  // A terminal's interrupt goes to the whole group: the parent ends by it, and lets go.
  process.on('SIGINT', () => undefined);
}
