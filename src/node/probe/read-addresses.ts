import { networkInterfaces } from 'node:os';

/** Addresses by the name of the link, without the length of their prefix. Source: getifaddrs(3). */
export function readAddresses(): Record<string, string[]> {
  const addresses: Record<string, string[]> = {};
  for (const [name, entries] of Object.entries(networkInterfaces())) {
    addresses[name] = (entries ?? []).map(({ address }) => address);
  }
  return addresses;
}
