import { SocketAddress } from 'node:net';

/** Order of the bytes in which this machine keeps a number, in which /proc/net shows most addresses. */
export type ByteOrder = 'LE' | 'BE';

/**
 * Parses an address that /proc/net shows as words of 32 bits in the machine's own order: 8 hexadecimal digits for
 * IPv4, 32 for IPv6. Null where it is none.
 */
export function parseWordAddress(hex: string, order: ByteOrder): string | null {
  if (!/^([0-9a-f]{8}|[0-9a-f]{32})$/i.test(hex)) return null;
  const bytes = order === 'BE' ? hex : hex.replace(/(..)(..)(..)(..)/g, '$4$3$2$1');
  return hex.length === 8 ? parseIpv4(bytes) : parseIpv6(bytes);
}

/** Parses an IPv6 address of 32 hexadecimal digits, in the order in which it is written; null where it is none. */
export function parseIpv6(hex: string): string | null {
  if (!/^[0-9a-f]{32}$/i.test(hex)) return null;
  const address = hex.match(/.{4}/g)!.join(':');
  // Shortened as RFC 5952 has it.
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

function parseIpv4(hex: string): string {
  return hex
    .match(/../g)!
    .map((byte) => parseInt(byte, 16))
    .join('.');
}
