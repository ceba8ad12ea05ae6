import type { Systeminformation } from 'systeminformation';
import { unknownInterface, type InterfaceRaw, type NetworkRaw } from '../../../shared/series/raw/network.ts';
import { counted, told, type PortableSources } from './portable-sources.ts';

type Known = Systeminformation.NetworkInterfacesData;

/** Windows says 2^63 - 1 of an adapter without a cable. */
const mostMegabits = 10_000_000;

/** Interfaces with their traffic. The library keeps the first address of each family, and counts no packets. */
export async function readPortableNetwork({ library, node }: PortableSources): Promise<NetworkRaw> {
  const [stats, interfaces] = [await library.networkStats('*'), await library.networkInterfaces()];
  const all = Array.isArray(interfaces) ? interfaces : [interfaces];
  const { platform } = node();
  const standard = all.filter(({ default: isDefault }) => isDefault);
  return {
    // It says by which interface, not to whom.
    defaultRoutes: standard.map(({ iface }) => ({ family: 'ipv4', interfaceName: iface, gateway: null })),
    interfaces: stats.map((stat) => deriveInterface(stat, all.find(({ iface }) => iface === stat.iface), platform)), // prettier-ignore
  };
}

function deriveInterface(
  stat: Systeminformation.NetworkStatsData,
  known: Known | undefined,
  platform: NodeJS.Platform,
): InterfaceRaw {
  const speed = told(known?.speed);
  return {
    ...unknownInterface,
    name: stat.iface,
    addresses: [known?.ip4, known?.ip6].filter((address) => !!address) as string[],
    kind: deriveKind(known),
    // On Windows an interface without traffic has no state among its counters.
    state: deriveState(stat.operstate) ?? deriveState(known?.operstate) ?? 'unknown',
    speedBitsPerSecond: speed === null || speed > mostMegabits ? null : speed * 1e6,
    // "Full" is what it says where nothing is said.
    duplex: known?.duplex === 'half' ? 'half' : null,
    mtuBytes: told(known?.mtu),
    rxBytes: counted(stat.rx_bytes),
    rxErrors: counted(stat.rx_errors),
    // netstat of macOS has one column of drops, which the library gives for both directions: it is counted once.
    rxDropped: platform === 'darwin' ? 0 : counted(stat.rx_dropped),
    txBytes: counted(stat.tx_bytes),
    txErrors: counted(stat.tx_errors),
    txDropped: counted(stat.tx_dropped),
  };
}

function deriveState(operstate: string | undefined): 'up' | 'down' | null {
  return operstate === 'up' || operstate === 'down' ? operstate : null;
}

function deriveKind(known: Known | undefined): InterfaceRaw['kind'] {
  if (!known) return 'other';
  if (known.internal) return 'loopback';
  if (known.virtual) return 'virtual';
  return known.type === 'wireless' ? 'wifi' : 'ethernet';
}
