import { fork } from 'node:child_process';
import type { ProbeProcess } from './probe-client.ts';
import type { ProbeReply } from './probe-messages.ts';

/** Threads for calls that hang: enough that the healthy ones go on beside those that are stuck. */
const threads = '16';

/**
 * Starts the probe process of a plain Node host from its built file, without a shell. It keeps no host alive. A host
 * that is Electron passes `utilityProcess.fork` instead, since packaged builds cannot run as Node.
 */
export function forkProbe(path: string): ProbeProcess {
  // What a developer gave the host (an inspector's port, a loader) is not meant for this process.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(path, [], {
    execArgv: [],
    serialization: 'json',
    env: { ...env, UV_THREADPOOL_SIZE: threads },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  const kill = (): void => {
    child.kill('SIGKILL');
    if (child.connected) child.disconnect();
  };
  child.on('error', kill);
  return {
    pid: child.pid,
    send: (request) => {
      if (child.connected) child.send(request, () => undefined);
    },
    onMessage: (listener) => child.on('message', (reply) => listener(reply as ProbeReply)),
    onExit: (listener) => {
      child.once('exit', listener);
      // One that could not be started at all has an error and no exit.
      child.once('error', () => child.pid === undefined && listener());
    },
    kill,
  };
}
