import type { ListenerRaw, SocketRaw } from '../../../shared/series/raw/socket.ts';
import type { ListeningSocket } from './parse-socket-table.ts';
import type { SocketOwner } from './socket-owners.ts';

/** What decides which remedy there is for owners that were not found. */
export interface OwnersSeen {
  readonly get: (inode: number) => SocketOwner | null | undefined;
  readonly nameOfUser: (uid: number) => string;
  /** Whether processes kept their descriptors from this user, or this user is not root and sees but its own. */
  readonly isRefused: boolean;
  /** Whether this process is in a PID namespace of its own, as in a container. */
  readonly isContained: boolean;
}

const remedies = {
  refused:
    'Run Pulsewire as root, or give its service AmbientCapabilities=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH: only then does the kernel say whose the sockets of other users are.',
  contained: 'Start the container with --pid=host: the owners of these sockets run outside of it.',
} as const;

/** Ports that somebody listens on, TCP first, by port; several sockets of one process on one port are one. */
export function deriveListeners(
  sockets: readonly ListeningSocket[],
  { get, nameOfUser, isRefused, isContained }: OwnersSeen,
): Pick<SocketRaw, 'listeners' | 'listenersRemedy'> {
  const listeners = new Map<string, ListenerRaw>();
  let isMissing = false;
  for (const { protocol, address, port, uid, inode } of sockets) {
    const owner = get(inode);
    isMissing ||= owner === null;
    const { pid = null, processName = null } = owner ?? {};
    const key = `${protocol} ${address} ${port} ${pid}`;
    listeners.set(key, { protocol, address, port, pid, processName, user: nameOfUser(uid) });
  }
  const remedy = isRefused ? remedies.refused : isContained ? remedies.contained : null;
  return {
    listeners: [...listeners.values()].sort(
      (a, b) =>
        Number(a.protocol === 'udp') - Number(b.protocol === 'udp') ||
        a.port - b.port ||
        (a.address < b.address ? -1 : 1),
    ),
    listenersRemedy: isMissing ? remedy : null,
  };
}
