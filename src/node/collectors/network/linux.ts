import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import type { InterfaceRaw, NetworkRaw } from '../../../shared/series/raw/network.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { SpreadFacts } from '../spread-facts.ts';
import { waitAtMost } from '../wait-at-most.ts';
import { createAddresses } from './addresses.ts';
import { readLinkFacts, unknownLink, type LinkFacts } from './link-facts.ts';
import { parseNetDev, type InterfaceCounters } from './parse-net-dev.ts';
import type { WifiSignal } from './parse-wireless.ts';
import { createSurroundings } from './surroundings.ts';

/** How long the first reading waits for what is found beside readings: the sampler waits for 40 ms. */
const patienceMs = 25;

/**
 * Reads /proc/net/dev each time; what /sys/class/net says of each link when it comes and every 5 s, a few at a time;
 * addresses, routes and wireless signals beside that, every 5 s and when a link has changed.
 */
export function createLinuxNetworkCollector(sources: LinuxSources, probe: ProbeClient): Collector<'network'> {
  const { clock, procRoot, sysRoot } = sources;
  // The descriptor stays with the network namespace in which this process is now.
  const netDev = new KeptFile(join(procRoot, 'net/dev'));
  let names: readonly string[] = [];
  const surroundings = createSurroundings(sources);
  const addresses = createAddresses(sources, probe, () => names.length);
  const links = new SpreadFacts<LinkFacts>(clock, 5_000, (name, before) => {
    const facts = readLinkFacts(sysRoot, name, before, clock.monotonic());
    if (facts.state !== before?.state || facts.carrierChanges !== before.carrierChanges) {
      addresses.expire();
      surroundings.expire();
    }
    return facts;
  });

  const derive = (counters: readonly InterfaceCounters[]): NetworkRaw => {
    const around = surroundings.get()?.value;
    const addressesOf = addresses.get()?.value;
    return {
      interfaces: counters.map((counter) => {
        const { name } = counter;
        const facts = links.get(name) ?? unknownLink;
        return deriveInterface(counter, facts, addressesOf?.get(name), around?.wifi.get(name));
      }),
      defaultRoutes: [...(around?.defaultRoutes ?? [])],
    };
  };
  const deriveWhenKnown = async (
    counters: readonly InterfaceCounters[],
    signal: AbortSignal,
  ): Promise<NetworkRaw> => {
    if (!links.refresh(names)) await links.complete(names, signal);
    await waitAtMost(clock, patienceMs, Promise.all([surroundings.search(), addresses.search()]));
    return derive(counters);
  };
  return {
    id: 'network',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: (signal) => {
      const counters = parseNetDev(netDev.read());
      names = counters.map(({ name }) => name);
      const isKnown = links.refresh(names) && surroundings.get() && addresses.get();
      return isKnown ? derive(counters) : deriveWhenKnown(counters, signal);
    },
    [Symbol.asyncDispose]: async () => {
      netDev[Symbol.dispose]();
      await Promise.all([surroundings[Symbol.asyncDispose](), addresses[Symbol.asyncDispose]()]);
    },
  };
}

/** Written out: at one reading a second, spreading objects into one another takes several times as long. */
function deriveInterface(
  counters: InterfaceCounters,
  facts: LinkFacts,
  addresses: readonly string[] | undefined,
  wifi: WifiSignal | undefined,
): InterfaceRaw {
  return {
    name: counters.name,
    index: facts.index,
    kind: facts.kind,
    state: facts.state,
    speedBitsPerSecond: facts.speedBitsPerSecond,
    duplex: facts.duplex,
    mtuBytes: facts.mtuBytes,
    carrierChanges: facts.carrierChanges,
    addresses: addresses ? [...addresses] : [],
    wifi: wifi ?? null,
    rxBytes: counters.rxBytes,
    rxPackets: counters.rxPackets,
    rxErrors: counters.rxErrors,
    rxDropped: counters.rxDropped,
    txBytes: counters.txBytes,
    txPackets: counters.txPackets,
    txErrors: counters.txErrors,
    txDropped: counters.txDropped,
  };
}
