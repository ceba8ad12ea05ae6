import type { TcpStates } from '../../../shared/series/raw/socket.ts';
import { parseWordAddress, type ByteOrder } from '../parse-address.ts';

/** A socket that waits for others, before its owner is known. */
export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly uid: number;
  /** Number of the socket, by which its owner is found; 0 for one of the kernel's own. */
  readonly inode: number;
}

const [newline, colon, zero, nine, letterA] = [0x0a, 0x3a, 0x30, 0x39, 0x41];
/** Hexadecimal digits of an address of IPv4 and of IPv6. */
const addressDigits = [8, 32] as const;

/** States by the kernel's numbers (net/tcp_states.h); 12 is a request that SYN cookies keep out of memory. */
const stateNames: readonly (keyof TcpStates | null)[] = [
  null, 'established', 'synSent', 'synReceived', 'finWait1', 'finWait2', 'timeWait', 'closed', 'closeWait', 'lastAck',
  'listen', 'closing', 'synReceived',
]; // prettier-ignore
/** TCP_LISTEN and TCP_CLOSE, in which a UDP socket is that talks to nobody in particular. */
const listeningState = { tcp: 10, udp: 7 } as const;

/** Sums up tables of sockets, a few lines at a time. */
export class SocketTally {
  readonly #counts = new Uint32Array(256);
  readonly #order: ByteOrder;
  readonly #mostListening: number;
  readonly listening: ListeningSocket[] = [];
  /** How many more wait for others than were kept. */
  omitted = 0;

  constructor(order: ByteOrder, mostListening: number) {
    this.#order = order;
    this.#mostListening = mostListening;
  }

  /** TCP sockets in each state. */
  get states(): TcpStates {
    const states: TcpStates = {
      established: 0, synSent: 0, synReceived: 0, finWait1: 0, finWait2: 0, timeWait: 0, closed: 0, closeWait: 0,
      lastAck: 0, listen: 0, closing: 0,
    }; // prettier-ignore
    for (const [number, name] of stateNames.entries()) if (name) states[name] += this.#counts[number]!;
    return states;
  }

  /**
   * Takes whole lines of /proc/net/tcp, tcp6, udp or udp6 (Documentation/networking/proc_net_tcp.rst). A state is
   * found by its place and never made a string; only a socket that waits for others is taken apart.
   */
  take(protocol: 'tcp' | 'udp', lines: Buffer): void {
    for (let start = 0; start < lines.length;) {
      const newlineAt = lines.indexOf(newline, start);
      const end = newlineAt < 0 ? lines.length : newlineAt;
      const state = findState(lines, start, end);
      if (state >= 0) {
        if (protocol === 'tcp') this.#counts[state]!++;
        if (state === listeningState[protocol]) this.#keep(protocol, lines.toString('latin1', start, end));
      }
      start = end + 1;
    }
  }

  #keep(protocol: 'tcp' | 'udp', line: string): void {
    if (this.listening.length >= this.#mostListening) {
      this.omitted++;
      return;
    }
    const [, local, , , , , , uid, , inode] = line.trim().split(/ +/);
    const [hex, port] = local!.split(':');
    const address = parseWordAddress(hex!, this.#order);
    if (address === null || !/^\d+$/.test(uid ?? '') || !/^\d+$/.test(inode ?? '')) return;
    this.listening.push({
      protocol,
      address,
      port: parseInt(port!, 16),
      uid: Number(uid),
      inode: Number(inode),
    });
  }
}

/** The state of "sl: ADDRESS:PORT ADDRESS:PORT ST …", -1 where the line is none of that form. */
function findState(lines: Buffer, start: number, end: number): number {
  const first = lines.indexOf(colon, start);
  if (first < 0 || first >= end) return -1;
  for (const digits of addressDigits) {
    const local = first + 2 + digits;
    const remote = local + 6 + digits;
    const at = remote + 6;
    if (at + 2 > end || lines[local] !== colon || lines[remote] !== colon) continue;
    const [high, low] = [deriveDigit(lines[at]!), deriveDigit(lines[at + 1]!)];
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
  return -1;
}

function deriveDigit(byte: number): number {
  if (byte >= zero && byte <= nine) return byte - zero;
  return byte >= letterA && byte < letterA + 6 ? byte - letterA + 10 : -1;
}
