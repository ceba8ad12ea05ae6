import { counter, defineTopic, gauge } from './metric.ts';
import type { Unit } from './unit.ts';

/** A sensor's kind, and what its value, its upper mark and its critical mark are. */
const kind = (kind: string, name: string, unit: Unit, words: string, node: string, suffix: string) => ({
  value: gauge(name, unit, `${words}.`, {
    where: ['kind', kind],
    prometheus: `node_hwmon_${node}_${suffix}`,
  }),
  high: gauge(`${name}.limit`, unit, `${words} from where on it is too much.`, {
    where: ['kind', kind],
    attributes: { 'hw.limit_type': 'high.degraded' },
    prometheus: `node_hwmon_${node}_max_${suffix}`,
  }),
  critical: gauge(`${name}.limit`, unit, `${words} from where on it is dangerous.`, {
    where: ['kind', kind],
    attributes: { 'hw.limit_type': 'high.critical' },
    prometheus: `node_hwmon_${node}_crit_${suffix}`,
  }),
});

const kinds = [
  kind('temperature', 'hw.temperature', 'Cel', 'Temperature', 'temp', 'celsius'),
  kind('fan', 'hw.fan.speed', 'rpm', 'Speed of a fan', 'fan', 'rpm'),
  kind('voltage', 'hw.voltage', 'V', 'Voltage', 'in', 'volts'),
  kind('current', 'hw.current', 'A', 'Current', 'curr', 'amps'),
  kind('power', 'hw.power', 'W', 'Power', 'power', 'watt'),
  kind('humidity', 'hw.humidity', '%', 'Relative humidity', 'humidity', 'percent'),
];

/** Figures of the topic `sensor`. */
export const sensorCatalogue = defineTopic(
  'sensor',
  '/sys/class/hwmon',
  {
    'sensors[]': {
      attributes: { 'hw.id': 'id', 'hw.parent': 'chip' },
      labels: { chip: 'chip', sensor: 'label' },
    },
    'energies[]': { attributes: { 'hw.id': 'id' }, labels: { zone: 'id', name: 'label' } },
  },
  {
    'sensors[].value': kinds.map(({ value }) => value),
    'sensors[].high': kinds.map(({ high }) => high),
    'sensors[].critical': kinds.map(({ critical }) => critical),
    'energies[].joules': counter('hw.energy', 'J', 'Energy that a part of the processor has used.', {
      prometheus: 'pulsewire_rapl_joules_total',
      source: '/sys/class/powercap',
    }),
    'energies[].wrapsAtJoules': gauge(
      'hw.energy.wrap',
      'J',
      'Where the energy counter begins again from 0.',
      {
        source: '/sys/class/powercap',
      },
    ),
  },
);
