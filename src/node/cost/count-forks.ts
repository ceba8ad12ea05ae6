import { subscribe } from 'node:diagnostics_channel';

let forks = 0;
let isCounting = false;

/**
 * Begins, once a process, to count the programs that it starts and returns how many there were since. Source: Node's
 * channel `child_process`, on which each ChildProcess is announced; programs that are waited for synchronously are not.
 */
export function countForks(): () => number {
  if (!isCounting) {
    isCounting = true;
    subscribe('child_process', () => {
      forks++;
    });
  }
  return () => forks;
}
