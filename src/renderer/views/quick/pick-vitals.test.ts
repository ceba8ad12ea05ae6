import { describe, expect, it } from 'vitest';
import type { PowerRaw } from '../../../shared/series/raw/power.ts';
import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import { pickCharge, pickWarmth } from './pick-vitals.ts';

const sensor = (chip: string, value: number, rest: object = {}): SensorRaw['sensors'][number] => ({
  ...{ id: `${chip}/${value}`, chip, label: 'temp1', kind: 'temperature', value, high: null, critical: null },
  ...rest,
});
const sensors = (...all: SensorRaw['sensors']): SensorRaw => ({
  sensors: all,
  energies: [],
  energyRemedy: null,
});
const battery = (charge: number | null, rest: object = {}): PowerRaw['batteries'][number] => ({
  ...{ name: 'BAT0', model: null, status: 'charging', charge, energyWattHours: null, fullWattHours: null },
  ...{ designWattHours: null, powerWatts: null, voltageVolts: null, cycles: null },
  ...{ secondsToEmpty: null, secondsToFull: null },
  ...rest,
});

describe('pickWarmth', () => {
  it('is the warmest of the processor, however warm a disk is', () => {
    const found = pickWarmth(
      sensors(sensor('nvme', 70), sensor('coretemp', 51, { high: 50 }), sensor('k10temp', 48)),
    );
    expect(found).toEqual({ celsius: 51, isProcessor: true, isHigh: true });
  });

  it('is the warmest of all where the processor has none, and no fan', () => {
    const fan = sensor('cpu_fan', 1_200, { kind: 'fan' });
    expect(pickWarmth(sensors(fan, sensor('nvme', 40, { critical: 80 }), sensor('acpitz', 30)))).toEqual({
      celsius: 40,
      isProcessor: false,
      isHigh: false,
    });
    expect(pickWarmth(sensors(fan))).toBe(null);
  });
});

describe('pickCharge', () => {
  it('counts each battery by what it can hold', () => {
    const batteries = [
      battery(1, { fullWattHours: 10 }),
      battery(0.5, { fullWattHours: 30, status: 'discharging', secondsToEmpty: 3_600 }),
    ];
    expect(pickCharge({ onBattery: true, batteries })).toEqual({
      share: 0.625,
      isDischarging: true,
      secondsToEmpty: 3_600,
    });
  });

  it('counts them alike where one does not say, and leaves out those without a charge', () => {
    const batteries = [battery(1, { fullWattHours: 10 }), battery(0.5), battery(null)];
    expect(pickCharge({ onBattery: null, batteries })).toMatchObject({ share: 0.75, isDischarging: false });
    expect(pickCharge({ onBattery: null, batteries: [battery(null)] })).toBe(null);
  });
});
