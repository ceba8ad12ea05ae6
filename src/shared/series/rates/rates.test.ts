import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveCpuRates, deriveCpuShares } from './cpu.ts';
import { deriveDiskRates } from './disk.ts';
import { deriveMemoryRates } from './memory.ts';
import { deriveNetworkRates } from './network.ts';
import { type Rated } from './span.ts';
import { unknownCore, type CoreRaw, type CpuRaw, type CpuTimes } from '../raw/cpu.ts';
import { unknownDevice, type DeviceRaw, type DiskRaw } from '../raw/disk.ts';
import { unknownMemory, type MemoryRaw } from '../raw/memory.ts';
import { unknownInterface, type InterfaceRaw, type NetworkRaw } from '../raw/network.ts';
import type { Section } from '../sample.ts';

const core = (id: number, times: CpuTimes): CoreRaw => ({ ...unknownCore, id, times });
const none: CpuTimes = { user: 0, nice: 0, system: 0, idle: 0, iowait: 0, irq: 0, softirq: 0, steal: 0, guest: 0, guestNice: 0 }; // prettier-ignore
const cpu = (total: CpuTimes, cores: CpuRaw['cores'] = [], contextSwitches: number | null = null): CpuRaw => ({ ticksPerSecond: 100, total, cores, load: null, runnable: null, blocked: null, contextSwitches, interrupts: null, forks: null, pressure: null, cgroup: null }); // prettier-ignore
const card = (more: Partial<InterfaceRaw> = {}): InterfaceRaw => ({ ...unknownInterface, name: 'eth0', addresses: [], index: 2, kind: 'ethernet', state: 'up', speedBitsPerSecond: null, rxBytes: 0, rxPackets: 0, rxErrors: 0, rxDropped: 0, txBytes: 0, txPackets: 0, txErrors: 0, txDropped: 0, ...more }); // prettier-ignore
const disk = (more: Partial<DeviceRaw> = {}): DeviceRaw => ({ ...unknownDevice, name: 'sda', number: '8:0', model: null, sizeBytes: null, readBytes: 0, readOperations: 0, readTimeMs: 0, writtenBytes: 0, writeOperations: 0, writeTimeMs: 0, busyTimeMs: 0, queueTimeMs: 0, inFlight: 0, ...more }); // prettier-ignore
const at = <Raw>(readMs: number, data: Raw): Section<Raw> => ({ status: 'ok', readMs, data });
const figuresOf = <Figures>(rated: Rated<Figures>): Figures => {
  if (rated.status === 'gap') throw new Error(`a gap: ${rated.reason}`);
  return rated;
};

describe('rates of the processor', () => {
  it('divides the time that passed among the states, guests counted once', () => {
    const shares = deriveCpuShares(none, { ...none, user: 30, nice: 10, system: 20, idle: 20, iowait: 10, irq: 2, softirq: 3, steal: 5, guest: 15 }); // prettier-ignore
    expect(shares).toEqual({ status: 'ok', used: 0.7, user: 0.4, system: 0.2, irq: 0.05, iowait: 0.1, steal: 0.05, idle: 0.2 }); // prettier-ignore
  });

  it('takes idle time that went slightly back for none, and other time that did for a reset', () => {
    const before = { ...none, idle: 100, iowait: 50, user: 10 };
    expect(deriveCpuShares(before, { ...before, iowait: 49, user: 20 })).toMatchObject({
      status: 'ok',
      user: 1,
    });
    expect(deriveCpuShares(before, { ...before, idle: 200, user: 9 })).toEqual({
      status: 'gap',
      reason: 'reset',
    });
  });

  it('gives a core that came online a gap of its own', () => {
    const busy = { ...none, user: 100 };
    const rates = figuresOf(deriveCpuRates(at(0, cpu(none, [core(0, none)])), at(1_000, cpu(busy, [core(0, busy), core(3, busy)])))); // prettier-ignore
    expect(rates.cores).toMatchObject([
      { id: 0, shares: { used: 1 } },
      { id: 3, shares: { reason: 'first' } },
    ]);
  });

  it('divides by the time between the readings, not by the interval asked for', () => {
    const rates = deriveCpuRates(at(0, cpu(none, [], 100)), at(1_250, cpu({ ...none, idle: 1 }, [], 350)));
    expect(figuresOf(rates).contextSwitchesPerSecond).toBe(200);
  });
});

describe('gaps', () => {
  const first = at<MemoryRaw>(1_000, { ...unknownMemory, totalBytes: 1, freeBytes: 1, availableBytes: 1, buffersBytes: 0, cachedBytes: 0, swapTotalBytes: 0, swapFreeBytes: 0, swapInPages: 5 }); // prettier-ignore
  it('stand for the first reading, for what is missing and for time that passed unseen', () => {
    expect(deriveMemoryRates(undefined, first)).toEqual({ status: 'gap', reason: 'first' });
    expect(deriveMemoryRates(first, undefined)).toEqual({ status: 'gap', reason: 'missing' });
    expect(deriveMemoryRates(first, { status: 'late', message: '' })).toEqual({
      status: 'gap',
      reason: 'missing',
    });
    expect(deriveMemoryRates(first, { ...first, readMs: 2_000 } as typeof first, 'slept')).toEqual({ status: 'gap', reason: 'slept' }); // prettier-ignore
    expect(deriveMemoryRates(first, first)).toEqual({ status: 'gap', reason: 'reset' });
  });

  it('leave what a kernel does not count unknown', () => {
    expect(deriveMemoryRates(first, { ...first, readMs: 2_000 } as typeof first)).toEqual({ status: 'ok', swapInPagesPerSecond: 0, swapOutPagesPerSecond: null }); // prettier-ignore
  });
});

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
    ticks: fc.array(fc.integer({ min: -3, max: 400 }), { minLength: 10, maxLength: 10 }),
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

  it('gives no negative and no impossible figure, in 10 000 of them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        let nowMs = 0;
        let times = { ...none, idle: 1_000, user: 500 };
        let counters = Array<number>(8).fill(wrap32 - 2 ** 30);
        let index = 2;
        let before: { cpu?: Section<CpuRaw>; network?: Section<NetworkRaw>; disk?: Section<DiskRaw> } = {};
        for (const { ms, ticks, bytes, event } of steps) {
          nowMs += ms;
          times = Object.fromEntries(Object.entries(times).map(([state, value], place) => [state, Math.max(0, value + ticks[place]!)])) as CpuTimes; // prettier-ignore
          counters = counters.map((value, place) => value + bytes[place]!);
          if (event === 'reset') [times, counters] = [{ ...none }, Array<number>(8).fill(0)];
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
                  cpu: at(nowMs, cpu(times, [core(0, times)])),
                  network: at(nowMs, { defaultRoutes: [], interfaces }),
                  disk: at(nowMs, { pressure: null, devices }),
                };
          const discontinuity = event === 'slept' ? 'slept' : undefined;
          const rates = [
            deriveCpuRates(before.cpu, after.cpu, discontinuity),
            deriveNetworkRates(before.network, after.network, discontinuity),
            deriveDiskRates(before.disk, after.disk, discontinuity),
          ];
          for (const rate of rates) {
            if (discontinuity) expect(rate.status).toBe('gap');
            checkFigures(rate);
          }
          const [processor] = rates;
          if (processor && 'total' in processor) {
            const { user, system, irq, iowait, steal, idle } = processor.total;
            expect(user + system + irq + iowait + steal + idle).toBeCloseTo(1, 9);
          }
          before = after;
        }
      }),
      { numRuns: 10_000 },
    );
  });

  const shares = new Set(['used', 'user', 'system', 'irq', 'iowait', 'steal', 'idle', 'busy']);
  function checkFigures(value: unknown, name = ''): void {
    if (typeof value === 'number') {
      if (!Number.isFinite(value) || value < 0) throw new Error(`${name} is ${value}`);
      if (shares.has(name) && value > 1) throw new Error(`${name} is ${value}`);
    } else if (value instanceof Map) {
      for (const entry of value.values()) checkFigures(entry);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) checkFigures(entry, key);
    }
  }
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

  it('has no rate of a counter that went back, beside rates of those that did not', () => {
    const before = cpu(none, [], 1_000);
    const after = { ...cpu({ ...none, idle: 100 }, [], 10), forks: 4, interrupts: 9 };
    expect(deriveCpuRates(at(0, { ...before, forks: 2 }), at(1_000, after))).toMatchObject({ status: 'ok', contextSwitchesPerSecond: null, forksPerSecond: 2, interruptsPerSecond: null }); // prettier-ignore
  });
});
