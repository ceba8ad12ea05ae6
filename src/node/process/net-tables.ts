import { endianness } from 'node:os';
import type { ProcessDetails } from '../../shared/series/raw/process.ts';

/** One socket as a process's details show it. */
export type SocketEntry = Extract<ProcessDetails['sockets'], { status: 'ok' }>['entries'][number];

/** Sockets by the number of their inode, which is what a descriptor points to. */
export type SocketsByInode = Map<string, SocketEntry>;

/** States of linux/net/tcp_states.h by their number. */
const tcpStates = [
  '', 'ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK',
  'LISTEN', 'CLOSING', 'NEW_SYN_RECV',
] as const; // prettier-ignore
/** SO_ACCEPTCON: a socket that listens; SS_CONNECTED of linux/net.h. */
const acceptsFlag = 0x1_0000;
const connectedState = 3;
const nameLength = 256;
/** Where the bytes of an address stand in a word, which the kernel writes as a number of its own byte order. */
const byteOrder = endianness() === 'LE' ? [6, 4, 2, 0] : [0, 2, 4, 6];

/** Adds those of /proc/PID/net/tcp, tcp6, udp or udp6 (proc_pid_net(5)) whose inodes are wanted. */
export function parseInternetSockets(
  text: string,
  protocol: string,
  wanted: ReadonlySet<string>,
  into: SocketsByInode,
): void {
  for (const line of text.split('\n').slice(1)) {
    const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
    if (!inode || !wanted.has(inode)) continue;
    const isOpenEnd = /^0*:0+$/.test(remote!);
    into.set(inode, {
      protocol,
      local: formatAddress(local!),
      remote: isOpenEnd ? null : formatAddress(remote!),
      // Of UDP the kernel borrows these numbers: 7 is merely not connected.
      state: protocol.startsWith('udp') ? null : (tcpStates[parseInt(state!, 16)] ?? null),
    });
  }
}

/** Adds those of /proc/PID/net/unix whose inodes are wanted. Their paths are anybody's text. */
export function parseUnixSockets(text: string, wanted: ReadonlySet<string>, into: SocketsByInode): void {
  for (const line of text.split('\n').slice(1)) {
    const match = /^\S+ \S+ \S+ ([0-9A-F]+) ([0-9A-F]+) ([0-9A-F]+) +(\d+)(?: (.*))?$/.exec(line);
    if (!match) continue;
    const [, flags, , state, inode, path = ''] = match;
    if (!wanted.has(inode!)) continue;
    const listens = (parseInt(flags!, 16) & acceptsFlag) !== 0;
    const isConnected = parseInt(state!, 16) === connectedState;
    into.set(inode!, {
      protocol: 'unix',
      local: path.slice(0, nameLength),
      remote: null,
      state: listens ? 'LISTEN' : isConnected ? 'CONNECTED' : null,
    });
  }
}

/** "0100007F:1F90" as "127.0.0.1:8080", "…:0050" of 32 digits as "[::1]:80". */
export function formatAddress(text: string): string {
  const [hex = '', port = '0'] = text.split(':');
  const bytes: number[] = [];
  for (let word = 0; word + 8 <= hex.length; word += 8) {
    for (const at of byteOrder) bytes.push(parseInt(hex.slice(word + at, word + at + 2), 16));
  }
  const number = parseInt(port, 16);
  if (bytes.length === 4) return `${bytes.join('.')}:${number}`;
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return `[${isMapped ? `::ffff:${bytes.slice(12).join('.')}` : shorten(bytes)}]:${number}`;
}

/** The longest run of zeros as "::", by RFC 5952. */
function shorten(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, group) => (bytes[2 * group]! << 8) | bytes[2 * group + 1]!);
  let [start, length] = [-1, 1];
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return start < 0 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}
