/**
 * Units of figures, a closed set: UCUM as OpenTelemetry writes it, what is merely counted in braces. `words` is for
 * people. A unit with a `base` is one in which a kernel or a library counts; names for others (OpenTelemetry,
 * Prometheus) are in the base, of which one has `per`. Source: opentelemetry.io/docs/specs/semconv/general/metrics.
 */
export const units = {
  By: { words: 'bytes' },
  'By/s': { words: 'bytes a second' },
  'bit/s': { words: 'bits a second', base: 'By/s', per: 8 },
  s: { words: 'seconds' },
  ms: { words: 'milliseconds', base: 's', per: 1_000 },
  us: { words: 'microseconds', base: 's', per: 1_000_000 },
  /** `per` is the field `ticksPerSecond` of the same topic. */
  '{tick}': { words: 'ticks', base: 's', per: 'ticksPerSecond' },
  '1': { words: 'share of 1' },
  Hz: { words: 'Hz' },
  Cel: { words: '°C' },
  V: { words: 'V' },
  A: { words: 'A' },
  W: { words: 'W' },
  J: { words: 'J' },
  'W.h': { words: 'Wh' },
  rpm: { words: 'rpm' },
  '%': { words: '%' },
  '{dBm}': { words: 'dBm' },
  '{change}': { words: 'changes' },
  '{connection}': { words: 'connections' },
  '{context_switch}': { words: 'context switches' },
  '{cpu}': { words: 'cores' },
  '{cycle}': { words: 'charging cycles' },
  '{datagram}': { words: 'datagrams' },
  '{disk}': { words: 'disks' },
  '{error}': { words: 'errors' },
  '{event}': { words: 'events' },
  '{fault}': { words: 'page faults' },
  '{file_descriptor}': { words: 'file descriptors' },
  '{frame}': { words: 'frames' },
  '{inode}': { words: 'inodes' },
  '{interrupt}': { words: 'interrupts' },
  '{level}': { words: 'steps' },
  '{operation}': { words: 'operations' },
  '{packet}': { words: 'packets' },
  '{page}': { words: 'pages' },
  '{period}': { words: 'periods' },
  '{process}': { words: 'processes' },
  '{read}': { words: 'readings' },
  '{request}': { words: 'requests' },
  '{resource}': { words: 'resources' },
  '{sample}': { words: 'samples' },
  '{segment}': { words: 'segments' },
  '{socket}': { words: 'sockets' },
  '{subscription}': { words: 'subscriptions' },
  '{task}': { words: 'tasks' },
  '{thread}': { words: 'threads' },
} as const satisfies Record<string, UnitDefinition>;

interface UnitDefinition {
  readonly words: string;
  readonly base?: string;
  readonly per?: number | 'ticksPerSecond';
}

export type Unit = keyof typeof units;

/** The unit in which others are told the figure. */
export function deriveBaseUnit(unit: Unit): Unit {
  const definition: UnitDefinition = units[unit];
  return (definition.base ?? unit) as Unit;
}

/** How many of the unit make one of its base; null where the data do not say how many ticks a second has. */
export function deriveUnitsPerBase(unit: Unit, data: unknown): number | null {
  const { per = 1 }: UnitDefinition = units[unit];
  if (typeof per === 'number') return per;
  const ticks = (data as Readonly<Record<string, unknown>>)[per];
  return typeof ticks === 'number' && ticks > 0 ? ticks : null;
}
