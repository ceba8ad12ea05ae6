import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { answerParent } from './asked-child.ts';
import { listTree } from './process-tree.ts';

/** A program for the keeper to start, some number of times. */
export interface KeptProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly count: number;
}

/**
 * Starts the programs that a bench needs beside it and ends each of them, with what it has started, by its pid: when
 * it is told to, and when the bench has gone, in whatever way.
 */
const started: ChildProcess[] = [];
/** How long a program may take to end by itself, and to reap what it has started. */
const graceMs = 3_000;

answerParent(
  {
    start: async ({ file, args, env, count }: KeptProgram): Promise<number[]> => {
      const children = Array.from({ length: count }, () =>
        // A terminal program ends when its input does: the pipe stays open as long as the keeper lives.
        spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, ...env } }),
      );
      started.push(...children);
      await Promise.all(children.map((child) => once(child, 'spawn')));
      return children.map(({ pid }) => pid!);
    },
    signal: ({ pid, signal }: { pid: number; signal: NodeJS.Signals }) => signalAll(listTree(pid), signal),
  },
  endAll,
);

async function endAll(): Promise<void> {
  const running = started.filter(
    ({ pid, exitCode, signalCode }) => pid !== undefined && exitCode === null && signalCode === null,
  );
  const roots = running.map(({ pid }) => pid!);
  const all = listTree(...roots);
  const exited = Promise.all(running.map((child) => once(child, 'exit')));
  signalAll(roots, 'SIGTERM');
  signalAll(all, 'SIGCONT');
  const patience = new AbortController();
  await Promise.race([exited, systemClock.sleep(graceMs, patience.signal).catch(() => undefined)]);
  patience.abort();
  signalAll(all, 'SIGKILL');
  await exited;
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}
