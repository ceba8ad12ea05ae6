import type { RawOf, Topic } from '../raw.ts';
import { deriveRowPath, parsePath, type PathOf } from './path.ts';
import type { Unit } from './unit.ts';

/** A counter only rises until its source is reset or wraps; a gauge goes up and down. */
export type MetricKind = 'counter' | 'gauge';
/** Constant attributes or labels by name, or names of fields that hold them. */
export type Names = Readonly<Record<string, string>>;

/** How a figure stands on the Prometheus page; its labels are these and those of its row. */
export interface PrometheusSeries {
  readonly name: string;
  readonly labels?: Names;
  /** Labels whose values are in fields of the row, by the fields' names. */
  readonly labelsFrom?: Names;
  /** What the series of this name have in common, where there are several; else the figure's own text. */
  readonly help?: string;
  /** How many of the field's unit make one on the page, where that is not the unit's base. */
  readonly per?: number;
  /** A field of the row that is taken off, where the name means less than the field. */
  readonly minus?: string;
}

/** `PrometheusSeries` with nothing left out: `labelsFrom` has those of the row, `per` is null for the unit's base. */
export interface Series {
  readonly name: string;
  readonly labels: Names;
  readonly labelsFrom: Names;
  readonly help: string;
  readonly per: number | null;
  readonly minus: string | null;
}

interface Options {
  readonly attributes?: Names;
  readonly prometheus?: string | PrometheusSeries;
  /** Where it is read, if not where the rest of the topic is. */
  readonly source?: string;
  /** The figure is 1 while the field is this, else 0. */
  readonly equals?: string;
  /** Only for rows of which a field is this: a list may mix what is measured in several units. */
  readonly where?: readonly [field: string, value: string];
}

interface Definition extends Options {
  readonly kind: MetricKind | 'info';
  readonly name: string;
  readonly unit: Unit;
  readonly text: string;
}

/** A number that measures nothing: it names something, or says how to read other fields. */
interface Identifier {
  readonly kind: 'identifier';
  readonly text: string;
}

/** What the entries of a list are told apart by: OpenTelemetry attributes and Prometheus labels, and the field of each. */
interface Row {
  readonly attributes?: Names;
  readonly labels?: Names;
}

type Entry = Definition | readonly Definition[] | Identifier;

/** Every number of a topic must be there; what is no number may be, for figures that are made from it. */
type Figures<T extends Topic> = { readonly [P in PathOf<RawOf<T>, number>]: Entry } & {
  readonly [P in PathOf<RawOf<T>, string | boolean>]?: Entry;
};

/** One figure of the catalogue. */
export interface Metric {
  readonly topic: Topic;
  /** Where it lies in the topic's data; see `PathOf`. */
  readonly path: string;
  readonly steps: readonly string[];
  /** By OpenTelemetry's semantic conventions, or in their manner. */
  readonly name: string;
  readonly attributes: Names;
  /** Attributes whose values are in fields of the row, by the fields' names. */
  readonly attributesFrom: Names;
  /** Unit of the field; `deriveBaseUnit` gives the name's. */
  readonly unit: Unit;
  readonly kind: MetricKind;
  /** One sentence for people. */
  readonly text: string;
  readonly source: string;
  /** Null where it is not on the page: rows of processes, of clients, what has no lasting name. */
  readonly prometheus: Series | null;
  /** `always`: the figure is 1 wherever its row is, and what it tells is in its labels. */
  readonly value: 'number' | 'always' | { readonly equals: string };
  readonly where: readonly [field: string, value: string] | null;
}

/** What the catalogue says of one topic. */
export interface TopicCatalogue {
  readonly topic: Topic;
  readonly metrics: readonly Metric[];
  /** Numbers that are no figures, by path, with what they are. */
  readonly identifiers: ReadonlyMap<string, string>;
}

/** A figure that only rises. */
export function counter(name: string, unit: Unit, text: string, options: Options = {}): Definition {
  return { kind: 'counter', name, unit, text, ...options };
}

/** A figure that goes up and down. */
export function gauge(name: string, unit: Unit, text: string, options: Options = {}): Definition {
  return { kind: 'gauge', name, unit, text, ...options };
}

/** Facts in labels, with the value 1. */
export function info(name: string, text: string, prometheus: PrometheusSeries): Definition {
  return { kind: 'info', name, unit: '1', text, prometheus };
}

/** A number that is not measured: a process's id, a port, an index into another list. */
export function identifier(text: string): Identifier {
  return { kind: 'identifier', text };
}

/** Puts together what is known of a topic's figures. The compiler asks for every number that its schema has. */
export function defineTopic<T extends Topic>(
  topic: T,
  source: string,
  rows: Readonly<Record<string, Row>>,
  figures: Figures<T>,
): TopicCatalogue {
  const metrics: Metric[] = [];
  const identifiers = new Map<string, string>();
  for (const [path, entry] of Object.entries<Entry>(figures)) {
    const row = rows[deriveRowPath(path)] ?? {};
    for (const one of Array.isArray(entry)
      ? (entry as readonly Definition[])
      : [entry as Definition | Identifier]) {
      if (one.kind === 'identifier') identifiers.set(path, one.text);
      else metrics.push(createMetric(topic, path, source, row, one));
    }
  }
  return { topic, metrics, identifiers };
}

function createMetric(topic: Topic, path: string, source: string, row: Row, definition: Definition): Metric {
  const { kind, name, unit, text, equals } = definition;
  return {
    topic,
    path,
    steps: parsePath(path),
    name,
    attributes: definition.attributes ?? {},
    attributesFrom: row.attributes ?? {},
    unit,
    kind: kind === 'counter' ? 'counter' : 'gauge',
    text,
    source: definition.source ?? source,
    prometheus: createSeries(row, definition),
    value: kind === 'info' ? 'always' : equals === undefined ? 'number' : { equals },
    where: definition.where ?? null,
  };
}

function createSeries(row: Row, { prometheus, text }: Definition): Series | null {
  if (prometheus === undefined) return null;
  const series: PrometheusSeries = typeof prometheus === 'string' ? { name: prometheus } : prometheus;
  return {
    name: series.name,
    labels: series.labels ?? {},
    labelsFrom: { ...row.labels, ...series.labelsFrom },
    help: series.help ?? text,
    per: series.per ?? null,
    minus: series.minus ?? null,
  };
}
