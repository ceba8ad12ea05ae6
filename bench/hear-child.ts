import type { ChildProcess } from 'node:child_process';

/** The next message of a child's that is wanted. Rejects where the child ends before. */
export function hearChild<Message>(
  child: ChildProcess,
  wanted: (message: Message) => boolean,
): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('The process under measurement ended.'));
    const onMessage = (message: Message): void => {
      if (!wanted(message)) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}
