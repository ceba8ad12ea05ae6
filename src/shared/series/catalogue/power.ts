import { counter, defineTopic, gauge } from './metric.ts';

/** Figures of the topic `power`. */
export const powerCatalogue = defineTopic(
  'power',
  '/sys/class/power_supply',
  { 'batteries[]': { attributes: { 'hw.id': 'name' }, labels: { power_supply: 'name' } } },
  {
    onBattery: gauge('hw.battery.in_use', '1', 'Whether the machine runs on its batteries.', {
      prometheus: 'pulsewire_on_battery',
    }),
    'batteries[].charge': gauge('hw.battery.charge', '1', 'How full the battery is.', {
      prometheus: {
        name: 'node_power_supply_capacity',
        per: 0.01,
        help: 'How full the battery is, in per cent.',
      },
    }),
    'batteries[].energyWattHours': gauge('hw.battery.energy', 'W.h', 'Energy that it holds.', {
      prometheus: 'node_power_supply_energy_watthour',
    }),
    'batteries[].fullWattHours': gauge(
      'hw.battery.energy.limit',
      'W.h',
      'Energy that it holds when it is full.',
      {
        prometheus: 'node_power_supply_energy_full',
      },
    ),
    'batteries[].designWattHours': gauge(
      'hw.battery.energy.design',
      'W.h',
      'Energy that it held when it was new.',
      {
        prometheus: 'node_power_supply_energy_full_design',
      },
    ),
    'batteries[].powerWatts': gauge('hw.power', 'W', 'Power that goes in or out now.', {
      attributes: { 'hw.type': 'battery' },
      prometheus: 'node_power_supply_power_watt',
    }),
    'batteries[].voltageVolts': gauge('hw.voltage', 'V', 'Voltage now.', {
      attributes: { 'hw.type': 'battery' },
      prometheus: 'node_power_supply_voltage_volt',
    }),
    'batteries[].cycles': counter('hw.battery.cycles', '{cycle}', 'How often it was charged.', {
      prometheus: 'node_power_supply_cyclecount',
    }),
    'batteries[].secondsToEmpty': gauge('hw.battery.time_left', 's', 'Time until it is empty.', {
      attributes: { 'hw.battery.state': 'discharging' },
      prometheus: 'node_power_supply_time_to_empty_seconds',
    }),
    'batteries[].secondsToFull': gauge('hw.battery.time_left', 's', 'Time until it is full.', {
      attributes: { 'hw.battery.state': 'charging' },
      prometheus: 'node_power_supply_time_to_full_seconds',
    }),
  },
);
