import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../shared/lifecycle/clock.ts';

/** One address of this machine, as the system lists it. */
export interface OwnAddress {
  readonly address: string;
  readonly interfaceName: string;
  /** Reaches this machine alone. */
  readonly internal: boolean;
}

/** How long a list of addresses is taken to be true. */
const freshMs = 1_000;
/** Bridges and tunnels of containers, machines inside this one and private networks: rarely where a phone is. */
const virtualName =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|tun|tap|wg|zt|tailscale|utun|awdl|llw|lxc|podman)/i;

/** The addresses of this machine, read anew as it moves between networks: at most once a second, and only when asked. */
export class OwnAddresses {
  readonly #clock: Clock;
  readonly #read: () => readonly OwnAddress[];
  #list: readonly OwnAddress[] = [];
  #readMs = -Infinity;

  constructor(clock: Clock, read: () => readonly OwnAddress[] = readOwnAddresses) {
    this.#clock = clock;
    this.#read = read;
  }

  list(): readonly OwnAddress[] {
    const nowMs = this.#clock.monotonic();
    if (nowMs - this.#readMs >= freshMs) {
      this.#readMs = nowMs;
      this.#list = this.#read();
    }
    return this.#list;
  }

  /** Those that a device on the LAN can use, best first. */
  reachable(): readonly string[] {
    return this.list()
      .filter(({ address, internal }) => !internal && !/^fe80:/i.test(address))
      .map(({ address, interfaceName }) => ({ address, rank: deriveRank(address, interfaceName) }))
      .sort((left, right) => left.rank - right.rank)
      .map(({ address }) => address);
  }
}

/** The networks of this machine on which there may be other hosts, with the length of their prefix. */
export function listMulticastInterfaces(): { address: string; prefix: number }[] {
  return Object.entries(networkInterfaces()).flatMap(([interfaceName, entries]) =>
    (entries ?? []).flatMap(({ address, internal, family, cidr }) => {
      const prefix = Number(cidr?.split('/')[1]);
      const isUsable = family === 'IPv4' && !internal && !virtualName.test(interfaceName);
      return isUsable && Number.isInteger(prefix) ? [{ address, prefix }] : [];
    }),
  );
}

/** An address as the authority of a URL: IPv6 in brackets. */
export function formatAuthority(address: string, port: number): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${port}`;
}

/** Whether an address is of the loopback interface, which nobody on the network can have. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i.test(address ?? '');
}

/** IPv4 on a real network first: what people can type. */
function deriveRank(address: string, interfaceName: string): number {
  return (virtualName.test(interfaceName) ? 2 : 0) + (isIPv6(address) ? 1 : 0);
}

function readOwnAddresses(): OwnAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([interfaceName, entries]) =>
    (entries ?? []).map(({ address, internal }) => ({ address, interfaceName, internal })),
  );
}
