import * as v from 'valibot';
import { count, name, signed } from './common.ts';
import { createUnknown } from './unknown.ts';

/** Source: /proc/net/dev, /sys/class/net, /proc/net/wireless. */
export const interfaceRawSchema = v.object({
  name,
  /** The kernel's index: tells a renamed interface from a new one. */
  index: v.nullable(count),
  kind: v.picklist(['loopback', 'ethernet', 'wifi', 'virtual', 'other']),
  state: v.picklist(['up', 'down', 'unknown']),
  speedBitsPerSecond: v.nullable(count),
  duplex: v.nullable(v.picklist(['full', 'half'])),
  mtuBytes: v.nullable(count),
  /** How often the link came or went since the interface is there. */
  carrierChanges: v.nullable(count),
  /** Its own addresses, without the prefix length. */
  addresses: v.array(name),
  /** Signal of a wireless link; 0 to 1 is the driver's own idea of quality. */
  wifi: v.nullable(v.object({ signalDbm: v.nullable(signed), quality: v.nullable(count) })),
  rxBytes: count,
  /** Null where the platform does not count packets. */
  rxPackets: v.nullable(count),
  rxErrors: count,
  rxDropped: count,
  txBytes: count,
  txPackets: v.nullable(count),
  txErrors: count,
  txDropped: count,
});
export type InterfaceRaw = v.InferOutput<typeof interfaceRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownInterface = createUnknown(interfaceRawSchema);

export const networkRawSchema = v.object({
  interfaces: v.array(interfaceRawSchema),
  /** Where packets go that no other route takes; the one in use first. Source: /proc/net/route, ipv6_route. */
  defaultRoutes: v.array(
    v.object({ family: v.picklist(['ipv4', 'ipv6']), interfaceName: name, gateway: v.nullable(name) }),
  ),
});
export type NetworkRaw = v.InferOutput<typeof networkRawSchema>;
