import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { conventions } from './catalogue/testing/conventions.ts';
import type { Metric, TopicCatalogue } from './catalogue/metric.ts';
import { deriveRowPath } from './catalogue/path.ts';
import { listLeaves } from './catalogue/testing/schema-leaves.ts';
import { deriveBaseUnit, units, type Unit } from './catalogue/unit.ts';
import { catalogue, describeMetric } from './catalogue.ts';
import { topics, topicSchemas } from './raw.ts';

const metrics = topics.flatMap((topic) => catalogue[topic].metrics);

/** What is wrong between a schema and what the catalogue says of it, one line each. */
function findMismatches(schema: v.GenericSchema, { metrics, identifiers }: TopicCatalogue): string[] {
  const leaves = listLeaves(schema);
  const known = new Set(leaves.map(({ path }) => path));
  const described = new Set([...metrics.map(({ path }) => path), ...identifiers.keys()]);
  const fieldsOf = (metric: Metric): string[] => {
    const row = deriveRowPath(metric.path);
    const { labelsFrom = {}, minus } = metric.prometheus ?? {};
    const names = [
      ...Object.values(metric.attributesFrom),
      ...Object.values(labelsFrom),
      minus,
      metric.where?.[0],
    ];
    return names.filter((name) => typeof name === 'string').map((name) => (row ? `${row}.${name}` : name));
  };
  const missing = metrics.flatMap(fieldsOf).filter((path) => !known.has(path));
  return [
    ...leaves
      .filter(({ path, type }) => type === 'number' && !described.has(path))
      .map(({ path }) => `no entry: ${path}`),
    ...[...described].filter((path) => !known.has(path)).map((path) => `no such field: ${path}`),
    ...[...new Set(missing)].map((path) => `no such field: ${path}`),
  ];
}

/** Units that a name's last word stands for, in OpenTelemetry and in Prometheus. */
const unitsByWord: Readonly<Record<string, Unit>> = {
  bytes: 'By',
  seconds: 's',
  celsius: 'Cel',
  hertz: 'Hz',
  volts: 'V',
  volt: 'V',
  amps: 'A',
  watt: 'W',
  watts: 'W',
  joules: 'J',
  watthour: 'W.h',
  rpm: 'rpm',
  ratio: '1',
  percent: '%',
  cores: '{cpu}',
  utilization: '1',
  io: 'By',
  time: 's',
  age: 's',
};

/** What is wrong with an entry by itself, one line each. */
function findFaults(metric: Metric): string[] {
  const { name, unit, kind, text, prometheus, attributes } = metric;
  if (!Object.hasOwn(units, unit)) return [`unit ${unit} is not in the set`];
  const base = deriveBaseUnit(unit);
  const faults: string[] = [];
  if (!Object.hasOwn(units, base)) faults.push(`unit ${base} is not in the set`);
  if (!/^(system|process|hw|container|pulsewire)(\.[a-z0-9_]+)+$/.test(name))
    faults.push('not a name of this house');
  if (!/^[A-Z0-9].*[^.]\.$/.test(text)) faults.push('text is not one sentence');
  const convention = conventions[name];
  if (convention && convention !== `${kind} ${base}`) faults.push(`the convention says ${convention}`);
  for (const attribute of Object.keys(attributes)) {
    if (!/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(attribute)) faults.push(`${attribute} is no attribute`);
  }
  const lastWord = name.split(/[._]/).at(-1)!;
  const wanted = unitsByWord[lastWord];
  if (wanted && wanted !== base) faults.push(`the name says ${wanted}`);
  if (!prometheus) return faults;
  if (!/^[a-z][a-zA-Z0-9_]*$/.test(prometheus.name)) faults.push('not a Prometheus name');
  // The kernel's own names under netstat and vmstat carry no suffix, nor does what node_exporter called as /sys does.
  const asKernel = /^node_(netstat|vmstat)_|^node_power_supply_cyclecount$/.test(prometheus.name);
  if (/_total$/.test(prometheus.name) !== (kind === 'counter') && !asKernel)
    faults.push(`${kind} by its name is not`);
  const suffix = prometheus.name
    .replace(/_total$/, '')
    .split('_')
    .at(-1)!;
  const told = unitsByWord[suffix];
  if (told && told !== base && prometheus.per === null && !/_speed_bytes$/.test(prometheus.name))
    faults.push(`Prometheus is told ${told}`);
  return faults;
}

const nameOf = ({ topic, path, where }: Metric): string =>
  `${topic}: ${path}${where ? ` (${where[1]})` : ''}`;
const keyOf = ({ name, attributes, attributesFrom, where }: Metric): string =>
  JSON.stringify([name, Object.entries(attributes).sort(), Object.keys(attributesFrom).sort(), where]);

/** Groups of entries that a key does not tell apart. */
function findTwins(entries: readonly Metric[], key: (metric: Metric) => string): string[] {
  const seen = new Map<string, Metric>();
  const twins: string[] = [];
  for (const metric of entries) {
    const other = seen.get(key(metric));
    if (other) twins.push(`${nameOf(metric)} = ${nameOf(other)}`);
    seen.set(key(metric), metric);
  }
  return twins;
}

describe('the metric catalogue', () => {
  it.each(topics)('has every number of %s, and nothing that is not there', (topic) => {
    expect(findMismatches(topicSchemas[topic], catalogue[topic])).toEqual([]);
  });

  it('has units of the closed set, names in the manner of OpenTelemetry, and one sentence for each', () => {
    expect(
      metrics.flatMap((metric) => findFaults(metric).map((fault) => `${nameOf(metric)}: ${fault}`)),
    ).toEqual([]);
  });

  it('says of each number that is no figure what it is instead', () => {
    const texts = topics.flatMap((topic) => [...catalogue[topic].identifiers.values()]);
    expect(texts.filter((text) => !/^[A-Z].*[^.]\.$/.test(text))).toEqual([]);
  });

  it('has no two figures of one name and the same attributes', () => {
    expect(findTwins(metrics, keyOf)).toEqual([]);
  });

  it('has one unit and one kind for each name', () => {
    const said = new Map<string, Set<string>>();
    for (const { name, unit, kind } of metrics) {
      said.set(name, (said.get(name) ?? new Set()).add(`${kind} ${deriveBaseUnit(unit)}`));
    }
    expect([...said].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
  });

  it('has names for Prometheus whose series are told apart by labels and explained by one text', () => {
    const exported = metrics.filter(({ prometheus }) => prometheus);
    const seriesOf = ({ prometheus, where }: Metric): string =>
      JSON.stringify([
        prometheus!.name,
        Object.entries(prometheus!.labels),
        Object.keys(prometheus!.labelsFrom),
        where,
      ]);
    expect(findTwins(exported, seriesOf)).toEqual([]);
    const ofLists = exported.filter(({ path }) => deriveRowPath(path) !== '');
    expect(ofLists.filter(({ prometheus }) => Object.keys(prometheus!.labelsFrom).length === 0)).toEqual([]);
    const families = new Map<string, Set<string>>();
    for (const { prometheus, kind } of exported) {
      const { name, help } = prometheus!;
      families.set(name, (families.get(name) ?? new Set()).add(`${kind} ${help}`));
    }
    expect([...families].filter(([, alike]) => alike.size > 1)).toEqual([]);
  });

  it('keeps processes, clients, logins and the host’s own tasks off the Prometheus page', () => {
    const exported = new Set(metrics.filter(({ prometheus }) => prometheus).map(({ topic }) => topic));
    expect([...exported].filter((topic) => ['process', 'login', 'diagnostics'].includes(topic))).toEqual([]);
    const cost = catalogue.cost.metrics.filter(({ prometheus }) => prometheus);
    expect(cost.filter(({ path }) => /^(clients|processes)\[\]/.test(path))).toEqual([]);
  });

  it('is read by pages with a path that the compiler checks', () => {
    expect(describeMetric('network', 'interfaces[].rxBytes')).toEqual({
      text: 'Bytes received.',
      unit: 'bytes',
      kind: 'counter',
      name: 'system.network.io',
    });
    expect(describeMetric('sensor', 'sensors[].value', 'fan')?.unit).toBe('rpm');
    expect(describeMetric('process', 'pid[]')).toBeNull();
    // @ts-expect-error There is no such field.
    expect(describeMetric('network', 'interfaces[].speed')).toBeNull();
  });
});

describe('the checks of the catalogue', () => {
  const metric: Metric = catalogue.network.metrics.find(({ path }) => path === 'interfaces[].rxBytes')!;
  const schema = v.object({
    interfaces: v.array(v.object({ name: v.string(), rxBytes: v.nullable(v.number()) })),
  });
  const topic = (...entries: Metric[]): TopicCatalogue => ({
    topic: 'network',
    metrics: entries,
    identifiers: new Map(),
  });

  it('find a number without an entry, an entry without a field, and a label without a field', () => {
    expect(findMismatches(schema, topic(metric))).toEqual([]);
    expect(findMismatches(schema, topic())).toEqual(['no entry: interfaces[].rxBytes']);
    expect(findMismatches(schema, topic(metric, { ...metric, path: 'interfaces[].gone' }))).toEqual([
      'no such field: interfaces[].gone',
    ]);
    expect(findMismatches(schema, topic({ ...metric, attributesFrom: { a: 'label' } }))).toEqual([
      'no such field: interfaces[].label',
    ]);
  });

  it('find twins, units outside the set, and kinds that the name belies', () => {
    expect(findTwins([metric, { ...metric, path: 'interfaces[].txBytes' }], keyOf)).toHaveLength(1);
    expect(findFaults(metric)).toEqual([]);
    expect(findFaults({ ...metric, unit: 'KiB' as Unit })).toEqual(['unit KiB is not in the set']);
    expect(findFaults({ ...metric, kind: 'gauge' })).toEqual([
      'the convention says counter By',
      'gauge by its name is not',
    ]);
    expect(findFaults({ ...metric, text: 'bytes' })).toEqual(['text is not one sentence']);
    expect(findFaults({ ...metric, name: 'node.network.io' })).toEqual(['not a name of this house']);
    expect(findFaults({ ...metric, unit: 's' })).toEqual([
      'the convention says counter By',
      'the name says By',
      'Prometheus is told By',
    ]);
  });
});
