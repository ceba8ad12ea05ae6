import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveDiskRates } from './disk.ts';
import { deriveNetworkRates } from './network.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';
import { unknownDevice, type DeviceRaw, type DiskRaw } from '../raw/disk.ts';
import { unknownInterface, type InterfaceRaw, type NetworkRaw } from '../raw/network.ts';
import type { Section } from '../sample.ts';

const card = (more: Partial<InterfaceRaw> = {}): InterfaceRaw => ({ ...unknownInterface, name: 'eth0', addresses: [], index: 2, kind: 'ethernet', state: 'up', speedBitsPerSecond: null, rxBytes: 0, rxPackets: 0, rxErrors: 0, rxDropped: 0, txBytes: 0, txPackets: 0, txErrors: 0, txDropped: 0, ...more }); // prettier-ignore
const disk = (more: Partial<DeviceRaw> = {}): DeviceRaw => ({ ...unknownDevice, name: 'sda', number: '8:0', model: null, sizeBytes: null, readBytes: 0, readOperations: 0, readTimeMs: 0, writtenBytes: 0, writeOperations: 0, writeTimeMs: 0, busyTimeMs: 0, queueTimeMs: 0, inFlight: 0, ...more }); // prettier-ignore

describe('rates of interfaces and disks', () => {
  it('are those of each, so that one reset spoils no other', () => {
    const before: NetworkRaw = {
      defaultRoutes: [],
      interfaces: [card({ rxBytes: 1_000 }), card({ name: 'wlan0', index: 3, rxBytes: 9_000 })],
    };
    const after: NetworkRaw = {
      defaultRoutes: [],
      interfaces: [card({ rxBytes: 3_000 }), card({ name: 'wlan0', index: 3, rxBytes: 10 })],
    };
    const { interfaces } = figuresOf(deriveNetworkRates(at(0, before), at(2_000, after)));
    expect(interfaces.get('eth0')).toMatchObject({ rxBytesPerSecond: 1_000 });
    expect(interfaces.get('wlan0')).toEqual({ status: 'gap', reason: 'reset' });
  });

  it('do not mix two interfaces that had the same name', () => {
    const before: NetworkRaw = { defaultRoutes: [], interfaces: [card({ index: 2, rxBytes: 5 })] };
    const after: NetworkRaw = { defaultRoutes: [], interfaces: [card({ index: 9, rxBytes: 5_000 })] };
    expect(figuresOf(deriveNetworkRates(at(0, before), at(1_000, after))).interfaces.get('eth0')).toEqual({ status: 'gap', reason: 'first' }); // prettier-ignore
  });

  it('give a disk its share of busy time and its latency, which is unknown without operations', () => {
    const before: DiskRaw = { pressure: null, devices: [disk()] };
    const after: DiskRaw = {
      pressure: null,
      devices: [disk({ readOperations: 10, readTimeMs: 25, readBytes: 4_096, busyTimeMs: 501 })],
    };
    const { devices } = figuresOf(deriveDiskRates(at(0, before), at(500, after)));
    expect(devices.get('sda')).toMatchObject({ busy: 1, readLatencyMs: 2.5, writeLatencyMs: null, readBytesPerSecond: 8_192 }); // prettier-ignore
  });
});

describe('any sequence of readings', () => {
  const wrap32 = 2 ** 32;
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 5_000 }),
    bytes: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 8, maxLength: 8 }),
    event: fc.constantFrom(
      'none',
      'none',
      'none',
      'none',
      'reset',
      'wrap',
      'unplug',
      'replace',
      'missing',
      'slept' as const,
    ),
  });

  it('promise: counter reset, hot-plug, PID reuse: gives no negative and no impossible figure, in 10 000 of them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        let nowMs = 0;
        let counters = Array<number>(8).fill(wrap32 - 2 ** 30);
        let index = 2;
        let before: { network?: Section<NetworkRaw>; disk?: Section<DiskRaw> } = {};
        for (const { ms, bytes, event } of steps) {
          nowMs += ms;
          counters = counters.map((value, place) => value + bytes[place]!);
          if (event === 'reset') counters = Array<number>(8).fill(0);
          if (event === 'wrap') counters = counters.map((value) => value % wrap32);
          if (event === 'replace') [index, counters] = [index + 1, counters.map((value) => value * 2)];
          const [a, b, c, d, e, f, g, h] = counters as [
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
          ];
          const interfaces = event === 'unplug' ? [] : [card({ index, rxBytes: a, rxPackets: b, rxErrors: c, rxDropped: d, txBytes: e, txPackets: f, txErrors: g, txDropped: h })]; // prettier-ignore
          const devices = event === 'unplug' ? [] : [disk({ number: `8:${index}`, readBytes: a, readOperations: b, readTimeMs: c, writtenBytes: d, writeOperations: e, writeTimeMs: f, busyTimeMs: g })]; // prettier-ignore
          const after: typeof before =
            event === 'missing'
              ? {}
              : {
                  network: at(nowMs, { defaultRoutes: [], interfaces }),
                  disk: at(nowMs, { pressure: null, devices }),
                };
          const discontinuity = event === 'slept' ? 'slept' : undefined;
          const rates = [
            deriveNetworkRates(before.network, after.network, discontinuity),
            deriveDiskRates(before.disk, after.disk, discontinuity),
          ];
          for (const rate of rates) {
            if (discontinuity) expect(rate.status).toBe('gap');
            checkFigures(rate);
          }
          before = after;
        }
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});

describe('a machine whose truth is known', () => {
  const change = fc.record({
    ms: fc.integer({ min: 1, max: 60_000 }),
    passed: fc.array(fc.nat({ max: 2 ** 40 }), { minLength: 8, maxLength: 8 }),
    event: fc.constantFrom('none', 'none', 'none', 'reset', 'replace', 'absent'),
  });
  const interfaceOf = (index: number, c: readonly number[]): InterfaceRaw =>
    card({ index, rxBytes: c[0]!, rxPackets: c[1]!, rxErrors: c[2]!, rxDropped: c[3]!, txBytes: c[4]!, txPackets: c[5]!, txErrors: c[6]!, txDropped: c[7]! }); // prettier-ignore
  const deviceOf = (index: number, c: readonly number[]): DeviceRaw =>
    disk({ number: `8:${index}`, readBytes: c[0]!, readOperations: c[1]!, readTimeMs: c[2]!, writtenBytes: c[3]!, writeOperations: c[4]!, writeTimeMs: c[5]!, busyTimeMs: c[6]! }); // prettier-ignore

  it('is told what really passed, and a gap with its reason where that cannot be known', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 2, maxLength: 10 }), (changes) => {
        let [nowMs, index, present] = [0, 1, false];
        let counters = Array<number>(8).fill(5_000);
        let before: { network: Section<NetworkRaw>; disk: Section<DiskRaw> } | null = null;
        for (const { ms, passed, event } of changes) {
          nowMs += ms;
          const wasPresent = present;
          present = event !== 'absent';
          counters = event === 'reset' ? Array<number>(8).fill(1) : counters.map((value, place) => value + passed[place]!); // prettier-ignore
          if (event === 'replace') index++;
          const network = at(nowMs, {
            defaultRoutes: [],
            interfaces: present ? [interfaceOf(index, counters)] : [],
          });
          const devices = at(nowMs, { pressure: null, devices: present ? [deviceOf(index, counters)] : [] });
          const rated =
            before && figuresOf(deriveNetworkRates(before.network, network)).interfaces.get('eth0');
          const ratedDisk = before && figuresOf(deriveDiskRates(before.disk, devices)).devices.get('sda');
          if (before && present) {
            const seconds = ms / 1_000;
            if (!wasPresent || event === 'replace') {
              expect([rated, ratedDisk]).toEqual(Array(2).fill({ status: 'gap', reason: 'first' }));
            } else if (event === 'none') {
              expect(rated).toMatchObject({ status: 'ok', rxBytesPerSecond: passed[0]! / seconds, rxDroppedPerSecond: passed[3]! / seconds, txErrorsPerSecond: passed[6]! / seconds }); // prettier-ignore
              expect(ratedDisk).toMatchObject({ status: 'ok', writtenBytesPerSecond: passed[3]! / seconds, writeOperationsPerSecond: passed[4]! / seconds, readLatencyMs: passed[1] ? passed[2]! / passed[1] : null, busy: Math.min(1, passed[6]! / seconds / 1_000) }); // prettier-ignore
            } else if (rated?.status === 'gap') {
              expect([rated, ratedDisk]).toEqual(Array(2).fill({ status: 'gap', reason: 'reset' }));
            }
          }
          before = { network, disk: devices };
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
