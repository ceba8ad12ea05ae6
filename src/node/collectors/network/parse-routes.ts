import type { NetworkRaw } from '../../../shared/series/raw/network.ts';
import { parseIpv6, parseWordAddress, type ByteOrder } from '../parse-address.ts';

export type DefaultRoute = NetworkRaw['defaultRoutes'][number];
/** A route with what decides which of several is taken: the lowest. */
export interface RankedRoute extends DefaultRoute {
  readonly metric: number;
}

/** RTF_UP and RTF_REJECT of linux/route.h: a route that is in use, and one that takes packets to throw them away. */
const flag = { up: 0x1, reject: 0x200 } as const;
const noIpv4 = '00000000';
const noIpv6 = '0'.repeat(32);

/**
 * Parses lines of /proc/net/route (proc_pid_net(5)) for default routes. The table is sorted by destination, so that
 * none follow once `isOver`: a router can have a million.
 */
export function parseIpv4Routes(text: string, order: ByteOrder): { routes: RankedRoute[]; isOver: boolean } {
  const routes: RankedRoute[] = [];
  for (const line of text.split('\n')) {
    const [interfaceName, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/);
    if (!interfaceName || !mask || !/^[0-9a-f]{8}$/i.test(destination!)) continue;
    if (destination !== noIpv4) return { routes, isOver: true };
    if (mask !== noIpv4 || !isInUse(flags!) || !/^\d+$/.test(metric!)) continue;
    const address = gateway === noIpv4 ? null : parseWordAddress(gateway!, order);
    routes.push({ family: 'ipv4', interfaceName, gateway: address, metric: Number(metric) });
  }
  return { routes, isOver: false };
}

/** Parses lines of /proc/net/ipv6_route (net/ipv6/route.c) for default routes, which stand anywhere in the table. */
export function parseIpv6Routes(text: string): RankedRoute[] {
  const routes: RankedRoute[] = [];
  // Most lines of a long table need no closer look.
  for (let at = text.indexOf(`${noIpv6} 00 `); at >= 0; at = text.indexOf(`${noIpv6} 00 `, at + 1)) {
    if (at > 0 && text[at - 1] !== '\n') continue;
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? undefined : end);
    const [, , , sourceLength, gateway, metric, , , flags, interfaceName] = line.trim().split(/\s+/);
    if (!interfaceName || sourceLength !== '00' || !isInUse(flags!) || !/^[0-9a-f]{1,8}$/i.test(metric!))
      continue;
    const address = gateway === noIpv6 ? null : parseIpv6(gateway!);
    routes.push({ family: 'ipv6', interfaceName, gateway: address, metric: parseInt(metric!, 16) });
  }
  return routes;
}

/** The routes of each family, the one in use first. */
export function sortRoutes(routes: readonly RankedRoute[]): DefaultRoute[] {
  return [...routes]
    .sort((a, b) => (a.family === b.family ? a.metric - b.metric : a.family < b.family ? -1 : 1))
    .map(({ family, interfaceName, gateway }) => ({ family, interfaceName, gateway }));
}

function isInUse(flags: string): boolean {
  if (!/^[0-9a-f]{1,8}$/i.test(flags)) return false;
  const bits = parseInt(flags, 16);
  return (bits & flag.up) !== 0 && (bits & flag.reject) === 0;
}
