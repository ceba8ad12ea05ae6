import { findValues } from '../../shared/series/catalogue/path.ts';
import type { Metric, Names } from '../../shared/series/catalogue/metric.ts';
import { deriveUnitsPerBase } from '../../shared/series/catalogue/unit.ts';
import { catalogue } from '../../shared/series/catalogue.ts';
import type { Topic } from '../../shared/series/raw.ts';
import type { Sections } from '../../shared/series/sample.ts';

/** Media type of the text format. Source: prometheus.io/docs/instrumenting/exposition_formats. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

/** All series of one name. The format wants them together. */
interface Family {
  readonly help: string;
  readonly type: Metric['kind'];
  /** Values by what stands between the braces: of two rows with the same labels the first counts. */
  readonly series: Map<string, number>;
}

/**
 * A page in Prometheus's text format 0.0.4, made from sections by the catalogue. What is not known has no line, and
 * how true each topic is stands in `pulsewire_topic_status`.
 */
export class Exposition {
  readonly #families = new Map<string, Family>();

  /** Adds the figures of one topic's section, and its status. An absent section has not answered. */
  addSection<T extends Topic>(topic: T, section: Sections[T]): void {
    const status = section?.status ?? 'late';
    this.add('pulsewire_topic_status', 'gauge', 'How true the figures of a topic are.', { topic, status }, 1);
    if (section?.status !== 'ok') return;
    for (const metric of catalogue[topic].metrics)
      if (metric.prometheus) this.#addMetric(metric, section.data);
  }

  /** Adds one series that no section holds. */
  add(name: string, type: Metric['kind'], help: string, labels: Names, value: number): void {
    this.#family(name, type, help).series.set(formatLabels(labels), value);
  }

  /** The whole page; ends with a line feed where there is anything. */
  toString(): string {
    const lines: string[] = [];
    for (const [name, { help, type, series }] of this.#families) {
      lines.push(`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`);
      for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  #addMetric(metric: Metric, data: object): void {
    const { steps, prometheus, where } = metric;
    if (!prometheus) return;
    const { name, help, labels, labelsFrom } = prometheus;
    const per = prometheus.per ?? deriveUnitsPerBase(metric.unit, data);
    if (per === null) return;
    for (const { value, row } of findValues(data, steps)) {
      if (where && row[where[0]] !== where[1]) continue;
      const figure = deriveFigure(metric, value, row, per);
      if (figure === null) continue;
      const { series } = this.#family(name, metric.kind, help);
      const key = formatLabels(labels, labelsFrom, row);
      if (!series.has(key)) series.set(key, figure);
    }
  }

  #family(name: string, type: Metric['kind'], help: string): Family {
    let family = this.#families.get(name);
    if (!family) {
      family = { help, type, series: new Map() };
      this.#families.set(name, family);
    }
    return family;
  }
}

/** The figure as the page has it; null where it is not known. */
function deriveFigure(
  { value: reading, prometheus }: Metric,
  value: unknown,
  row: Readonly<Record<string, unknown>>,
  per: number,
): number | null {
  if (value === null || value === undefined) return null;
  if (reading === 'always') return 1;
  if (reading !== 'number') return value === reading.equals ? 1 : 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return deriveRest(value, prometheus?.minus ? row[prometheus.minus] : null) / per;
}

/** What is left without a part that the name does not mean; nothing where the two were not read at one instant. */
function deriveRest(whole: number, part: unknown): number {
  return typeof part === 'number' ? Math.max(0, whole - part) : whole;
}

/** Labels in braces, constant ones and those that fields of the row hold; empty where there are none. */
function formatLabels(
  labels: Names,
  labelsFrom: Names = {},
  row: Readonly<Record<string, unknown>> = {},
): string {
  const pairs: string[] = [];
  for (const label in labelsFrom) {
    const value = row[labelsFrom[label]!];
    if (typeof value === 'string' || typeof value === 'number')
      pairs.push(`${label}="${escapeLabel(String(value))}"`);
  }
  for (const label in labels) pairs.push(`${label}="${escapeLabel(labels[label]!)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Names of interfaces and mount points are anybody's text: it must neither end the label nor the line. */
function escapeLabel(text: string): string {
  return /[\\"\n]/.test(text)
    ? text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
    : text;
}

function escapeHelp(text: string): string {
  return text.replace(/[\\\n]/g, (character) => (character === '\n' ? '\\n' : '\\\\'));
}
