import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';

type Kind = SensorRaw['sensors'][number]['kind'];

/** One thing that a chip measures: the files that say it, by name, and by how much their figures are to be divided. */
export interface HwmonChannel {
  /** `temp1`, `in0` … */
  readonly channel: string;
  readonly kind: Kind | 'energy';
  readonly divisor: number;
  readonly input: string;
  readonly fault: string | null;
  readonly label: string | null;
  readonly high: string | null;
  readonly critical: string | null;
}

/** Kinds and units of Documentation/hwmon/sysfs-interface.rst, by what their files' names begin with. */
const prefixes: Readonly<Record<string, readonly [kind: HwmonChannel['kind'], divisor: number]>> = {
  temp: ['temperature', 1_000],
  fan: ['fan', 1],
  in: ['voltage', 1_000],
  curr: ['current', 1_000],
  power: ['power', 1e6],
  humidity: ['humidity', 1_000],
  energy: ['energy', 1e6],
};

/** What a chip measures, from the names of the files in its folder, in the order of their numbers. */
export function deriveHwmonChannels(names: readonly string[]): HwmonChannel[] {
  const present = new Set(names);
  const channels = new Map<string, HwmonChannel & { readonly order: number }>();
  for (const name of names) {
    const match = /^(temp|fan|in|curr|power|humidity|energy)(\d{1,6})_(input|average)$/.exec(name);
    if (!match) continue;
    const [prefix, number, suffix] = [match[1]!, match[2]!, match[3]!];
    const channel = `${prefix}${number}`;
    // Power meters have the mean, the present figure, or both.
    if (suffix === 'average' && (prefix !== 'power' || present.has(`${channel}_input`))) continue;
    const [kind, divisor] = prefixes[prefix]!;
    const find = (ending: string): string | null =>
      present.has(`${channel}_${ending}`) ? `${channel}_${ending}` : null;
    // A fan that turns as fast as it can is no danger.
    const hasLimits = kind !== 'fan' && kind !== 'energy';
    channels.set(channel, {
      channel,
      kind,
      divisor,
      input: name,
      fault: find('fault'),
      label: find('label'),
      high: hasLimits ? find('max') : null,
      critical: hasLimits ? find('crit') : null,
      order: Object.keys(prefixes).indexOf(prefix) * 1e6 + Number(number),
    });
  }
  return [...channels.values()].sort((a, b) => a.order - b.order).map(({ order: _, ...channel }) => channel);
}

/** No thermometer of a machine reads more: a driver that says so has none there, or no limit. */
const mostCelsius = 1_000;

/** What a file of a channel says in the unit of its kind; null where it says nothing or what cannot be. */
export function parseChannelFigure(
  text: string | null,
  { kind, divisor }: Pick<HwmonChannel, 'kind' | 'divisor'>,
): number | null {
  if (text === null || !/^-?\d{1,18}$/.test(text)) return null;
  const value = Number(text) / divisor;
  if (kind === 'temperature') return Math.abs(value) < mostCelsius ? value : null;
  const mayBeNegative = kind === 'voltage' || kind === 'current' || kind === 'power';
  return value < 0 && !mayBeNegative ? null : value;
}
