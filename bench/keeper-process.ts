import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
const started: number[] = [];

answerParent(
  {
    start: async ({ file, args, env, count }: KeptProgram): Promise<number[]> => {
      const children = Array.from({ length: count }, () =>
        // A terminal program ends when its input does: the pipe stays open as long as the keeper lives.
        spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, ...env } }),
      );
      await Promise.all(children.map((child) => once(child, 'spawn')));
      const pids = children.map(({ pid }) => pid!);
      started.push(...pids);
      return pids;
    },
    signal: ({ pid, signal }: { pid: number; signal: NodeJS.Signals }) => signalTree(pid, signal),
  },
  () => {
    for (const pid of started) signalTree(pid, 'SIGKILL');
  },
);

function signalTree(rootPid: number, signal: NodeJS.Signals): void {
  for (const pid of listTree(rootPid)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}
