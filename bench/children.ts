import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ViewerOrder, ViewerReport } from './viewer-process.ts';

/** Starts a process of the bench; `file` is the compiled name of a source in bench/. It ends when it is let go of. */
export function startChild(
  children: ChildProcess[],
  file: string,
  execArgv: readonly string[] = [],
): ChildProcess {
  const child = fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), [], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  return child;
}

/** Lets go of processes, those that stand still too. */
export function endChildren(children: readonly ChildProcess[]): void {
  for (const child of children) {
    child.kill('SIGCONT');
    if (child.connected) child.disconnect();
  }
}

/** Opens viewers in a viewer process. */
export async function openViewers(child: ChildProcess, order: ViewerOrder): Promise<void> {
  const ready = hear(child, 'ready');
  child.send(order);
  await ready;
}

/** What a viewer process has seen since it was asked last. */
export async function report(child: ChildProcess): Promise<Extract<ViewerReport, { event: 'frames' }>> {
  const answer = hear(child, 'frames');
  child.send('report');
  return (await answer) as Extract<ViewerReport, { event: 'frames' }>;
}

/** The next message of a child with that name. Rejects where the child ends before. */
export function hear(child: ChildProcess, event: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('A process of the bench ended.'));
    const onMessage = (message: { event: string }): void => {
      if (message.event !== event) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}
