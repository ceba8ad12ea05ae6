import { setPriority } from 'node:os';
import { join } from 'node:path';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { processActions, type ProcessAction, type ProcessIdentity } from '../../shared/series/raw/process.ts';
import { readNames } from '../collectors/small-file.ts';
import { findProcess, type FoundProcess } from './process-identity.ts';

/** The system's own calls, replaced in tests. */
export interface ProcessSystem {
  readonly procRoot: string;
  /** The number of this process, which does not act on itself. */
  readonly ownPid: number;
  kill(pid: number, signal: NodeJS.Signals): void;
  /** Of one thread: Linux keeps the priority of each. Priority is `nice`, −20 to 19. */
  setPriority(threadId: number, priority: number): void;
}

export const linuxSystem: ProcessSystem = {
  procRoot: '/proc',
  ownPid: process.pid,
  kill: (pid, signal) => void process.kill(pid, signal),
  setPriority,
};

/**
 * Sends the action's signal to the process that is meant, looked up immediately before. Throws MonitorError: `notFound`
 * where it has ended or its number is another's, `needsPermission` with the command that does it, `forbidden` for this
 * process itself, `invalidState` for what takes no signal.
 */
export function signalProcess(
  system: ProcessSystem,
  identity: ProcessIdentity,
  action: ProcessAction,
): FoundProcess {
  const { pid } = identity;
  refuseOwn(system, pid);
  const signal = processActions[action];
  const found = findProcess(system.procRoot, identity);
  if (found.state === 'Z') {
    throw new MonitorError('invalidState', `Process ${pid} has ended already; it is kept until its parent, process ${found.parentPid}, takes notice.`); // prettier-ignore
  }
  if (found.isKernelThread) {
    throw new MonitorError('invalidState', `Process ${pid} is a part of the kernel, which takes no signals.`);
  }
  try {
    system.kill(pid, signal);
  } catch (thrown) {
    throw deriveRefusal(thrown, pid, `sudo kill -s ${signal.replace('SIG', '')} ${pid}`);
  }
  return found;
}

/**
 * Gives every thread of the process that is meant this priority, the first one first. Throws as `signalProcess` does;
 * `needsPermission` also where it is lowered without the right to.
 */
export function reniceProcess(system: ProcessSystem, identity: ProcessIdentity, nice: number): FoundProcess {
  const { pid } = identity;
  refuseOwn(system, pid);
  const found = findProcess(system.procRoot, identity);
  const remedy = `sudo renice -n ${nice} -p $(ls /proc/${pid}/task)`;
  const threads = readNames(join(system.procRoot, String(pid), 'task')).map(Number);
  for (const thread of new Set([pid, ...threads])) {
    try {
      system.setPriority(thread, nice);
    } catch (thrown) {
      // Threads come and go; the process itself is the one that counts.
      if (thread !== pid && deriveCode(thrown) === 'ESRCH') continue;
      throw deriveRefusal(thrown, pid, remedy);
    }
  }
  return found;
}

function refuseOwn({ ownPid }: ProcessSystem, pid: number): void {
  if (pid === ownPid) throw new MonitorError('forbidden', `Process ${pid} is Pulsewire itself.`);
}

function deriveRefusal(thrown: unknown, pid: number, remedy: string): MonitorError {
  switch (deriveCode(thrown)) {
    case 'ESRCH':
      return new MonitorError('notFound', `Process ${pid} has ended.`, { cause: thrown });
    case 'EPERM':
      return new MonitorError('needsPermission', `Process ${pid} belongs to another user than Pulsewire runs as.`, { cause: thrown, remedy }); // prettier-ignore
    case 'EACCES':
      return new MonitorError('needsPermission', `Only root may give process ${pid} more of the processor than it has.`, { cause: thrown, remedy }); // prettier-ignore
    default:
      return MonitorError.from(thrown);
  }
}

/** Node wraps what setpriority(2) says. */
function deriveCode(thrown: unknown): string | undefined {
  const { code, info } = thrown as NodeJS.ErrnoException & { readonly info?: { readonly code?: string } };
  return info?.code ?? code;
}
