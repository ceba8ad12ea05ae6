import type { InterfaceRaw, NetworkRaw } from '../raw/network.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveOptional, deriveSpan, gap, wasReset, type Rated } from './span.ts';

export interface InterfaceRates {
  readonly rxBytesPerSecond: number;
  /** Null where the platform does not count packets. */
  readonly rxPacketsPerSecond: number | null;
  readonly rxErrorsPerSecond: number;
  readonly rxDroppedPerSecond: number;
  readonly txBytesPerSecond: number;
  readonly txPacketsPerSecond: number | null;
  readonly txErrorsPerSecond: number;
  readonly txDroppedPerSecond: number;
  /** Share of what the link can carry in that direction, 0 to 1; null where its speed is not known. */
  readonly rxUtilization: number | null;
  readonly txUtilization: number | null;
}

/** Rates of each interface by name. One that is new, renamed or reset has a gap of its own. */
export function deriveNetworkRates(
  previous: Section<NetworkRaw> | undefined,
  next: Section<NetworkRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<{ readonly interfaces: ReadonlyMap<string, Rated<InterfaceRates>> }> {
  const span = deriveSpan<'network'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.interfaces.map((entry) => [entry.name, entry]));
  const interfaces = new Map<string, Rated<InterfaceRates>>();
  for (const entry of span.after.interfaces) {
    interfaces.set(entry.name, deriveInterfaceRates(known.get(entry.name), entry, span.seconds));
  }
  return { status: 'ok', interfaces };
}

function deriveInterfaceRates(
  before: InterfaceRaw | undefined,
  after: InterfaceRaw,
  seconds: number,
): Rated<InterfaceRates> {
  if (before?.index !== after.index) return gap('first');
  const names = [
    'rxBytes', 'rxErrors', 'rxDropped', 'txBytes', 'txErrors', 'txDropped',
  ] as const; // prettier-ignore
  if (wasReset(before, after, [...names, 'rxPackets', 'txPackets'])) return gap('reset');
  const of = (name: (typeof names)[number]): number => (after[name] - before[name]) / seconds;
  return {
    status: 'ok',
    rxBytesPerSecond: of('rxBytes'),
    rxPacketsPerSecond: deriveOptional(before.rxPackets, after.rxPackets, seconds),
    rxErrorsPerSecond: of('rxErrors'),
    rxDroppedPerSecond: of('rxDropped'),
    txBytesPerSecond: of('txBytes'),
    txPacketsPerSecond: deriveOptional(before.txPackets, after.txPackets, seconds),
    txErrorsPerSecond: of('txErrors'),
    txDroppedPerSecond: of('txDropped'),
    rxUtilization: deriveUtilization(of('rxBytes'), after.speedBitsPerSecond),
    txUtilization: deriveUtilization(of('txBytes'), after.speedBitsPerSecond),
  };
}

/** What arrived in a burst that a buffer held can be a little more than the link carries. */
function deriveUtilization(bytesPerSecond: number, speedBitsPerSecond: number | null): number | null {
  if (speedBitsPerSecond === null || speedBitsPerSecond === 0) return null;
  return Math.min(1, (bytesPerSecond * 8) / speedBitsPerSecond);
}
