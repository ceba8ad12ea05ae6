import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownDevice, type DeviceRaw, type DiskRaw } from '../raw/disk.ts';
import { deriveDiskRates, type DeviceRates } from './disk.ts';
import type { Rated } from './span.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';

const disk = (more: Partial<DeviceRaw> = {}): DeviceRaw => ({ ...unknownDevice, name: 'sda', number: '8:0', readBytes: 0, readOperations: 0, readTimeMs: 0, writtenBytes: 0, writeOperations: 0, writeTimeMs: 0, ...more }); // prettier-ignore
const rate = (before: DeviceRaw, after: DeviceRaw, ms: number): Rated<DeviceRates> | undefined =>
  figuresOf(deriveDiskRates(at(0, { pressure: null, devices: [before] }), at(ms, { pressure: null, devices: [after] }))).devices.get('sda'); // prettier-ignore

describe('rates of a disk', () => {
  it('are those of iostat: await and request size over reads, writes and discards together', () => {
    const after = disk({ readOperations: 10, readTimeMs: 30, readBytes: 40_960, writeOperations: 20, writeTimeMs: 100, writtenBytes: 163_840, discardOperations: 10, discardTimeMs: 30, discardedBytes: 409_600, flushOperations: 4, flushTimeMs: 8, busyTimeMs: 150, queueTimeMs: 168 }); // prettier-ignore
    const before = disk({ discardOperations: 0, discardTimeMs: 0, discardedBytes: 0, flushOperations: 0, flushTimeMs: 0, busyTimeMs: 0, queueTimeMs: 0 }); // prettier-ignore
    expect(rate(before, after, 2_000)).toEqual({
      status: 'ok',
      readBytesPerSecond: 20_480,
      writtenBytesPerSecond: 81_920,
      readOperationsPerSecond: 5,
      writeOperationsPerSecond: 10,
      discardedBytesPerSecond: 204_800,
      discardOperationsPerSecond: 5,
      flushOperationsPerSecond: 2,
      busy: 0.075,
      queueLength: 0.084,
      readLatencyMs: 3,
      writeLatencyMs: 5,
      discardLatencyMs: 3,
      flushLatencyMs: 2,
      latencyMs: 4,
      readOperationBytes: 4_096,
      writeOperationBytes: 8_192,
      operationBytes: 15_360,
    });
  });

  it('leave out what an old kernel does not count, and take the mean over the rest', () => {
    expect(rate(disk(), disk({ readOperations: 2, readTimeMs: 6, readBytes: 1_024 }), 1_000)).toMatchObject({ discardedBytesPerSecond: null, flushOperationsPerSecond: null, flushLatencyMs: null, busy: null, queueLength: null, latencyMs: 3, operationBytes: 512, writeOperationBytes: null }); // prettier-ignore
    expect(rate(disk(), disk(), 1_000)).toMatchObject({
      status: 'ok',
      latencyMs: null,
      operationBytes: null,
    });
  });

  it('have a gap when any counter went back, those of discards and flushes too', () => {
    const reset = { status: 'gap', reason: 'reset' };
    expect(rate(disk({ flushTimeMs: 9 }), disk({ flushTimeMs: 8 }), 1_000)).toEqual(reset);
    expect(rate(disk({ discardedBytes: 9 }), disk({ discardedBytes: 0 }), 1_000)).toEqual(reset);
  });

  it('come with the share of time in which tasks waited for disks', () => {
    const raw = (someMicros: number, fullMicros: number | null): DiskRaw => ({ devices: [], pressure: { someMicros, fullMicros } }); // prettier-ignore
    const of = (before: DiskRaw, after: DiskRaw) =>
      figuresOf(deriveDiskRates(at(0, before), at(2_000, after))).pressure;
    expect(of(raw(1_000, 500), raw(501_000, 2_500_500))).toEqual({ some: 0.25, full: 1 });
    expect(of(raw(1_000, null), raw(501_000, null))).toEqual({ some: 0.25, full: null });
    expect(of({ devices: [], pressure: null }, raw(1, 1))).toBeNull();
  });
});

const names = ['readBytes', 'readOperations', 'readTimeMs', 'writtenBytes', 'writeOperations', 'writeTimeMs', 'discardedBytes', 'discardOperations', 'discardTimeMs', 'flushOperations', 'flushTimeMs', 'busyTimeMs', 'queueTimeMs'] as const; // prettier-ignore

it('no rate of a disk is negative or impossible in 10 000 sequences of resets, wraps, hot-plug and sleep', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 5_000 }),
    passed: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: names.length, maxLength: names.length }),
    micros: fc.nat({ max: 10_000_000 }),
    event: fc.constantFrom('none', 'none', 'none', 'reset', 'wrap', 'one wraps', 'unplug', 'replace', 'columns', 'slept'), // prettier-ignore
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
      let [nowMs, minor, micros, hasColumns] = [0, 0, 0, true];
      let counters = names.map(() => 2 ** 32 - 2 ** 30);
      let before: ReturnType<typeof at<DiskRaw>> | undefined;
      for (const { ms, passed, event, micros: more } of steps) {
        nowMs += ms;
        micros = event === 'reset' ? 0 : micros + more;
        counters = counters.map((value, place) => value + passed[place]!);
        if (event === 'reset') counters = counters.map(() => 0);
        if (event === 'wrap') counters = counters.map((value) => value % 2 ** 32);
        if (event === 'one wraps') counters = counters.map((value, place) => (place === ms % names.length ? value % 2 ** 32 : value)); // prettier-ignore
        if (event === 'replace') minor++;
        if (event === 'columns') hasColumns = !hasColumns;
        const figures = Object.fromEntries(names.map((name, place) => [name, !hasColumns && place > 5 && place < 11 ? null : counters[place]!])); // prettier-ignore
        const device = disk({ number: `8:${minor}`, ...figures });
        const after = at<DiskRaw>(nowMs, { devices: event === 'unplug' ? [] : [device], pressure: { someMicros: micros, fullMicros: null } }); // prettier-ignore
        const rates = deriveDiskRates(before, after, event === 'slept' ? 'slept' : undefined);
        if (event === 'slept') expect(rates.status).toBe('gap');
        if (event === 'replace' && rates.status === 'ok') expect(rates.devices.get('sda')).toEqual({ status: 'gap', reason: 'first' }); // prettier-ignore
        checkFigures(rates);
        before = after;
      }
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
