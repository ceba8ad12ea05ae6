import { fork } from 'node:child_process';
import type { ProbeProcess } from './probe-client.ts';
import type { ProbeReply } from './probe-messages.ts';

/** Threads for calls that hang: enough that the healthy ones go on beside those that are stuck. */
const threads = '16';

/** Starts the probe process of a plain Node host from its built file. */
export function forkProbe(path: string): ProbeProcess {
  const child = fork(path, [], {
    execArgv: [],
    env: { ...process.env, UV_THREADPOOL_SIZE: threads },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  child.on('error', () => child.kill('SIGKILL'));
  return {
    pid: child.pid,
    send: (request) => {
      if (child.connected) child.send(request);
    },
    onMessage: (listener) => child.on('message', (reply) => listener(reply as ProbeReply)),
    onExit: (listener) => child.once('exit', listener),
    kill: () => {
      child.kill('SIGKILL');
      if (child.connected) child.disconnect();
    },
  };
}
