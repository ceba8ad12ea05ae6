import { describe, expect, it } from 'vitest';
import { unknownInterface, type InterfaceRaw } from '../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../shared/series/rates/network.ts';
import { describeGovernor } from './cost/describe-governor.ts';
import { deriveUtilisation, describeLink } from './network/describe-link.ts';
import { describeAllowed } from './processor/describe-allowed.ts';
import { judgeSensor, type SensorReading } from './sensors/describe-sensor.ts';
import { nameTopic } from './topic-names.ts';

describe('what a control group allows', () => {
  it('is said in the words of the cores this host may use', () => {
    expect(describeAllowed(0.625, 4)).toBe('62.5 % of the 4 cores this host may use');
    expect(describeAllowed(0.5, 1)).toBe('50.0 % of the 1 core this host may use');
    expect(describeAllowed(null, 0.5)).toBe('– of the 0.50 cores this host may use');
  });
});

describe('the governor', () => {
  const still = { budget: { cpuShare: 0.01, memoryBytes: null, forksPerSecond: null }, onBattery: false };

  it('says which subjects come less often, and over which budget', () => {
    const over = describeGovernor({
      ...still,
      level: 2,
      over: ['cpu', 'forks'],
      slowedTopics: ['process', 'gpu'],
    });
    expect(over).toBe(
      'Read less often, since the monitor is over its budget of processor time and programs started: processes and graphics.',
    );
    const coming = describeGovernor({ ...still, level: 1, over: [], slowedTopics: ['process'] });
    expect(coming).toBe('Read less often, since the monitor is near its budget: processes.');
    expect(describeGovernor({ ...still, level: 0, over: [], slowedTopics: [] })).toMatch(/^Everything/);
  });

  it('names what this version does not know by its own name, made visible', () => {
    expect(nameTopic('constructor')).toBe('constructor');
    expect(nameTopic('a\u202eb')).toBe('a\\u{202e}b');
  });
});

describe('a link', () => {
  const link: InterfaceRaw = {
    ...unknownInterface,
    name: 'eth0',
    kind: 'ethernet',
    state: 'up',
    addresses: [],
    speedBitsPerSecond: 1e9,
    rxBytes: 0,
    rxErrors: 0,
    rxDropped: 0,
    txBytes: 0,
    txErrors: 0,
    txDropped: 0,
  };
  const rates = { rxBytesPerSecond: 50e6, txBytesPerSecond: 25e6 } as InterfaceRates;

  it('is used by its busier way, by both where it is half duplex, and by no share where its speed is not told', () => {
    expect(deriveUtilisation(link, rates)).toBeCloseTo(0.4);
    expect(deriveUtilisation({ ...link, duplex: 'half' }, rates)).toBeCloseTo(0.6);
    expect(deriveUtilisation({ ...link, speedBitsPerSecond: null }, rates)).toBeNull();
    expect(deriveUtilisation(link, null)).toBeNull();
  });

  it('is described by kind, speed and what is wrong with it', () => {
    expect(describeLink(link)).toBe('Wired · 1.00 Gbit/s');
    expect(describeLink({ ...link, duplex: 'half', state: 'down' })).toBe(
      'Wired · 1.00 Gbit/s · half duplex · down',
    );
  });
});

describe('a sensor', () => {
  const sensor: SensorReading = {
    id: 'a',
    chip: 'coretemp',
    label: 'Core 0',
    kind: 'temperature',
    value: 80,
    high: null,
    critical: null,
  };

  it('is judged by the limits of its own chip alone', () => {
    expect(judgeSensor(sensor)).toBe('sound');
    expect(judgeSensor({ ...sensor, high: 80 })).toBe('high');
    expect(judgeSensor({ ...sensor, high: 70, critical: 79 })).toBe('critical');
  });
});
