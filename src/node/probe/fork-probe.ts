import { fork } from 'node:child_process';
import type { ProbeProcess } from './probe-client.ts';
import type { ProbeReply } from './probe-messages.ts';

/** Threads for calls that hang: enough that the healthy ones go on beside those that are stuck. */
const threads = '16';

/** What a packaged Electron is started with where it is to be no more than a Node; main/hand-over.ts expects it. */
export const withoutChromium = ['--no-sandbox', '--no-zygote', '--ozone-platform=headless', '--log-level=3'];

/**
 * Starts the probe process of a plain Node host from its built file, without a shell. It keeps no host alive. The app
 * passes `utilityProcess.fork` instead; a command that runs in a packaged Electron, which cannot be told to run as Node,
 * has it hand over to the file as to a command.
 */
export function forkProbe(path: string): ProbeProcess {
  // What a developer gave the host (an inspector's port, a loader) is not meant for this process.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const isElectron = (process as { type?: string }).type === 'browser';
  const child = fork(path, [], {
    execArgv: isElectron ? withoutChromium : [],
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
