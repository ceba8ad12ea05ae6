import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { ProbeProcess } from '../node/probe/probe-client.ts';
import type { ProbeReply } from '../node/probe/probe-messages.ts';

/** Beside the program, where the build puts it. */
const entryPath = join(import.meta.dirname, 'probe-process.js');

/** Threads for calls that hang: enough that the healthy ones go on beside those that are stuck. */
const threads = '16';

/** Starts the probe process as a utility process of Electron, which needs no RunAsNode. The app must be ready. */
export function forkProbeUtility(): ProbeProcess {
  const child = utilityProcess.fork(entryPath, [], {
    serviceName: 'Pulsewire probe',
    env: { ...process.env, UV_THREADPOOL_SIZE: threads },
    execArgv: [],
    stdio: 'ignore',
  });
  let hasExited = false;
  child.once('exit', () => {
    hasExited = true;
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (request) => {
      if (!hasExited) child.postMessage(request);
    },
    onMessage: (listener) => void child.on('message', (reply) => listener(reply as ProbeReply)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => {
      if (hasExited) return;
      // Its own `kill` asks gently, which a process stuck in the kernel does not hear.
      if (child.pid === undefined) child.kill();
      else killNow(child.pid);
    },
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
