import { counter, defineTopic, gauge } from './metric.ts';
import type { Unit } from './unit.ts';

/** A kind of sensor: what its value, its upper mark and its critical mark are. `node` is node_exporter's word for it. */
const kind = (kind: string, name: string, unit: Unit, words: string, node: string, suffix: string) => {
  const where = ['kind', kind] as const;
  const series = (part: string) => ({ where, prometheus: `${node}${part}_${suffix}` });
  return {
    value: gauge(name, unit, `${words}.`, series('')),
    high: gauge(`${name}.limit`, unit, `${words} from where on it is too much.`, {
      attributes: { 'hw.limit_type': 'high.degraded' },
      ...series('_max'),
    }),
    critical: gauge(`${name}.limit`, unit, `${words} from where on it is dangerous.`, {
      attributes: { 'hw.limit_type': 'high.critical' },
      ...series('_crit'),
    }),
  };
};

const kinds = [
  kind('temperature', 'hw.temperature', 'Cel', 'Temperature', 'node_hwmon_temp', 'celsius'),
  kind('fan', 'hw.fan.speed', 'rpm', 'Speed of a fan', 'node_hwmon_fan', 'rpm'),
  kind('voltage', 'hw.voltage', 'V', 'Voltage', 'node_hwmon_in', 'volts'),
  kind('current', 'hw.current', 'A', 'Current', 'node_hwmon_curr', 'amps'),
  kind('power', 'hw.power', 'W', 'Power', 'node_hwmon_power', 'watt'),
  // node_exporter's humidity is in thousandths of the per cent.
  kind('humidity', 'hw.humidity', '%', 'Relative humidity', 'pulsewire_humidity', 'percent'),
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
    'energies[].joules': counter('hw.energy', 'J', 'Energy that a part of the machine has used.', {
      prometheus: 'pulsewire_energy_joules_total',
      source: '/sys/class/powercap, /sys/class/hwmon',
    }),
    'energies[].wrapsAtJoules': gauge(
      'hw.energy.wrap',
      'J',
      'Where the energy counter begins again from 0.',
      {
        source: '/sys/class/powercap, /sys/class/hwmon',
      },
    ),
  },
);
