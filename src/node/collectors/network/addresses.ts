import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { readAddresses } from '../../probe/read-addresses.ts';
import { BackgroundFact } from '../background-fact.ts';
import type { LinuxSources } from '../linux-sources.ts';

export type Addresses = ReadonlyMap<string, readonly string[]>;

/** With more links than these the addresses are read in the probe process: 200 take 3 to 8 ms, during which all waits. */
const mostLinksHere = 32;
const deadlineMs = 5_000;

/** Addresses of the machine's links by their names, every five seconds; none for a recorded machine. */
export function createAddresses(
  { clock, procRoot }: LinuxSources,
  probe: ProbeClient,
  countLinks: () => number,
): BackgroundFact<Addresses> {
  const read = async (signal: AbortSignal): Promise<Readonly<Record<string, readonly string[]>>> => {
    // Node asks the kernel, whatever folder stands for /proc.
    if (procRoot !== '/proc') return {};
    if (countLinks() <= mostLinksHere) return readAddresses();
    return probe.call('addresses', null, { key: 'all links', deadlineMs, signal });
  };
  const find = async (signal: AbortSignal): Promise<Addresses> => {
    try {
      return deriveAddresses(await read(signal));
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof MonitorError)) throw thrown;
      // The process is being replaced: links are told without their addresses until then.
      return new Map();
    }
  };
  return new BackgroundFact({ clock, everyMs: 5_000, find });
}

/** By link: an address that was added under an alias ("eth0:1") is one of its link. */
export function deriveAddresses(found: Readonly<Record<string, readonly string[]>>): Addresses {
  const addresses = new Map<string, string[]>();
  for (const [label, entries] of Object.entries(found)) {
    const name = label.replace(/:.*$/s, '');
    addresses.set(name, [...(addresses.get(name) ?? []), ...entries]);
  }
  return addresses;
}
