import { readFileSync, readlinkSync } from 'node:fs';

/** What keeps a process from harm, as the kernel tells it; see proc_pid_status(5). */
export interface ProcessConfinement {
  /** Real user. */
  readonly userId: number;
  /** 2: it may make only those system calls that a filter lets pass. */
  readonly seccomp: number;
  /** It can gain no rights by starting a program. */
  readonly noNewPrivileges: boolean;
  /** Whether its user namespace is another than this process's. */
  readonly hasOwnUserNamespace: boolean;
}

/** How a process of this machine is confined. Throws where it has ended. */
export function readConfinement(id: number): ProcessConfinement {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]);
  return {
    userId: field('Uid'),
    seccomp: field('Seccomp'),
    noNewPrivileges: field('NoNewPrivs') === 1,
    hasOwnUserNamespace: readlinkSync(`/proc/${id}/ns/user`) !== readlinkSync('/proc/self/ns/user'),
  };
}
