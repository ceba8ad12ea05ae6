import { expect, it } from 'vitest';
import { describeNumbers, renderMetricsDocument } from './metrics-document.mjs';

/** @typedef {import('../../src/shared/series/catalogue/metric.ts').Metric} Metric */

const units = { ms: { words: 'milliseconds' }, 1: { words: 'share of 1' }, V: { words: 'V' } };

/** @param {Partial<Metric>} parts @returns {Metric} */
const metric = (parts) => ({
  topic: 'disk',
  path: 'devices[].busyTimeMs',
  steps: [],
  name: 'system.disk.io_time',
  attributes: {},
  attributesFrom: { 'system.device': 'name' },
  unit: 'ms',
  kind: 'counter',
  text: 'Time with work.',
  source: '/proc/diskstats',
  prometheus: {
    name: 'node_disk_io_time_seconds_total',
    labels: {},
    labelsFrom: { device: 'name' },
    help: '',
    per: null,
    minus: null,
  },
  value: 'number',
  where: null,
  ...parts,
});

/** @param {Metric[]} metrics @param {[string, string][]} identifiers */
const topic = (metrics, identifiers = []) => ({
  topic: /** @type {const} */ ('disk'),
  metrics,
  identifiers: new Map(identifiers),
});

it('has a row for each figure, with the unit that others are told', () => {
  const metrics = [
    metric({}),
    metric({ path: 'state', unit: '1', value: { equals: 'a|b' }, prometheus: null, attributes: { a: 'b' } }),
    metric({ path: 'value', unit: 'V', where: ['kind', 'voltage'], attributesFrom: {}, source: '/sys' }),
  ];
  const page = renderMetricsDocument([topic(metrics, [['pid[]', 'A number.']])], (unit) =>
    unit === 'ms' ? 's' : unit,
  );
  expect(page.slice(page.indexOf('## disk')).split('\n')).toEqual([
    '## disk',
    '',
    'Source: /proc/diskstats; /sys.',
    '',
    '| field | unit | kind | OpenTelemetry | Prometheus | what it is |',
    '| --- | --- | --- | --- | --- | --- |',
    '| `devices[].busyTimeMs` | `ms` → `s` | counter | `system.disk.io_time{system.device}` | `node_disk_io_time_seconds_total{device}` | Time with work. |',
    '| `state` is `a\\|b` | `1` | counter | `system.disk.io_time{system.device, a="b"}` |  | Time with work. |',
    '| `value` where kind is voltage | `V` | counter | `system.disk.io_time` | `node_disk_io_time_seconds_total{device}` | Time with work. |',
    '',
    'Numbers that measure nothing:',
    '',
    '- `pid[]`: A number.',
    '',
  ]);
});

it('describes numbers where they lie in a schema: in lists, records and what may be null', () => {
  const number = () => ({ type: 'number' });
  const schema = {
    properties: {
      devices: {
        items: {
          anyOf: [{ properties: { busyTimeMs: { anyOf: [number(), { type: 'null' }] } } }, { type: 'null' }],
        },
      },
      resources: { additionalProperties: number() },
      pid: { items: number() },
      state: { type: 'string' },
    },
  };
  const metrics = [
    metric({}),
    metric({ path: 'resources.*', unit: 'V', kind: 'gauge', where: ['kind', 'a'] }),
    metric({ path: 'resources.*', unit: '1', kind: 'gauge', where: ['kind', 'b'], text: 'Other.' }),
    metric({ path: 'state', value: { equals: 'up' } }),
  ];
  describeNumbers(schema, topic(metrics, [['pid[]', 'A number.']]), units);
  expect(JSON.parse(JSON.stringify(schema)).properties).toEqual({
    devices: {
      items: {
        anyOf: [
          {
            properties: {
              busyTimeMs: {
                anyOf: [number(), { type: 'null' }],
                description: 'Time with work. Unit: ms (milliseconds); counter.',
              },
            },
          },
          { type: 'null' },
        ],
      },
    },
    resources: {
      additionalProperties: {
        type: 'number',
        description:
          'Where kind is a: Time with work. Unit: V; gauge. Where kind is b: Other. Unit: 1 (share of 1); gauge.',
      },
    },
    pid: { items: { type: 'number', description: 'A number.' } },
    state: { type: 'string' },
  });
});

it('refuses a path that the schema has not', () => {
  expect(() => describeNumbers({ properties: {} }, topic([metric({})]), units)).toThrow(
    'no devices[].busyTimeMs',
  );
});
