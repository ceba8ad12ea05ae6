import { BlockList, isIP } from 'node:net';

/** A range of addresses: those that share their first `prefix` bits. */
export interface AddressRange {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

/** An address, or a range of them in the notation of CIDR (RFC 4632, RFC 4291); null where it is neither. */
export function parseAddressRange(text: string): AddressRange | null {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return null;
  const most = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || prefix > most)) return null;
  return { address, family: family === 4 ? 'ipv4' : 'ipv6', prefix };
}

/** What a request tells of itself in its head, as Node has read it. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Who asks, behind whatever stands between. */
export interface Forwarded {
  /** The address of the client: that of the connection, or of the first that no proxy of ours has. */
  readonly address: string;
  /** Whether a proxy of ours has handed the request on. */
  readonly isProxied: boolean;
  /** Whether it came over TLS to the proxy. False where none has handed it on. */
  readonly encrypted: boolean;
}

/**
 * The reverse proxies that are believed. Nobody else's `X-Forwarded-For` counts, so that no client can choose the address
 * by which it is limited; of a chain the last address that is no proxy of ours is the client, since what stands before it
 * in the header was written by the client itself.
 */
export class TrustedProxies {
  readonly #ranges = new BlockList();
  readonly #isEmpty: boolean;

  constructor(ranges: readonly string[] = []) {
    for (const text of ranges) {
      const range = parseAddressRange(text);
      if (range) this.#ranges.addSubnet(range.address, range.prefix, range.family);
    }
    this.#isEmpty = ranges.length === 0;
  }

  /** `peer`: the address that the connection comes from. */
  derive(peer: string, headers: Headers): Forwarded {
    const chain = this.#has(peer) ? listOf(headers['x-forwarded-for']) : [];
    // A proxy that does not say for whom it asks asks for itself, as a check of its own does.
    if (chain.length === 0) return { address: peer, isProxied: false, encrypted: false };
    let address = peer;
    for (const text of chain.reverse()) {
      const stated = parseStated(text);
      // What makes no sense was written by somebody whom nobody vouches for: the last who makes some counts.
      if (stated === null) break;
      address = stated;
      if (!this.#has(stated)) break;
    }
    const proto = listOf(headers['x-forwarded-proto']).at(-1);
    return { address, isProxied: true, encrypted: proto?.toLowerCase() === 'https' };
  }

  #has(address: string): boolean {
    if (this.#isEmpty) return false;
    const family = isIP(address);
    return family !== 0 && this.#ranges.check(address, family === 4 ? 'ipv4' : 'ipv6');
  }
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An address as some proxies write it, with a port or brackets; null where it is none. */
function parseStated(text: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) === 0 ? null : address.toLowerCase();
}
