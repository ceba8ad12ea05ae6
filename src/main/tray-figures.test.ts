import { describe, expect, it } from 'vitest';
import { unknownCpu } from '../shared/series/raw/cpu.ts';
import { unknownDevice } from '../shared/series/raw/disk.ts';
import { unknownMemory } from '../shared/series/raw/memory.ts';
import { unknownInterface } from '../shared/series/raw/network.ts';
import type { Sections } from '../shared/series/sample.ts';
import { noCpuTimes } from '../shared/series/no-cpu-times.ts';
import { deriveTrafficLevel, TrayFigures } from './tray-figures.ts';

/** One reading a second, in which each counter has risen by a fixed step. */
function readingAt(second: number): Sections {
  const ok = <Data>(data: Data) => ({ status: 'ok' as const, readMs: second * 1_000, data });
  const face = (name: string, kind: 'loopback' | 'ethernet' | 'virtual', step: number) => ({
    ...unknownInterface,
    addresses: [],
    ...{ name, kind, index: 1, state: 'up' as const, speedBitsPerSecond: null },
    ...{ rxBytes: step * second, rxPackets: 0, rxErrors: 0, rxDropped: 0 },
    ...{ txBytes: 2 * step * second, txPackets: 0, txErrors: 0, txDropped: 0 },
  });
  return {
    cpu: ok({
      ...unknownCpu,
      ticksPerSecond: 100,
      cores: [],
      total: { ...noCpuTimes, user: 25 * second, idle: 75 * second },
    }),
    memory: ok({
      ...unknownMemory,
      ...{
        totalBytes: 8 * 2 ** 30,
        freeBytes: 4 * 2 ** 30,
        availableBytes: 6 * 2 ** 30,
        buffersBytes: 2 ** 29,
      },
      ...{ cachedBytes: 3 * 2 ** 29, swapTotalBytes: 0, swapFreeBytes: 0 },
    }),
    network: ok({
      defaultRoutes: [],
      interfaces: [face('lo', 'loopback', 1e9), face('eth0', 'ethernet', 2_048), face('br0', 'virtual', 1e9)],
    }),
    disk: ok({
      pressure: null,
      devices: [
        {
          ...unknownDevice,
          ...{ name: 'sda', number: '8:0', model: null, sizeBytes: null, readTimeMs: 0, writeTimeMs: 0 },
          ...{ readBytes: 1_024 * second, readOperations: 0, writtenBytes: 0, writeOperations: 0 },
          ...{ busyTimeMs: 0, queueTimeMs: 0, inFlight: 0 },
        },
      ],
    }),
  };
}

describe('TrayFigures', () => {
  it('shows what is known at once, and no rate before there are two readings', () => {
    expect(new TrayFigures().read({ sections: readingAt(1) }).lines).toEqual([
      'Processor –',
      'Memory 2.00 GiB of 8.00 GiB',
      'Network ↓ – ↑ –',
      'Disk read –, write –',
    ]);
  });

  it('shows the rates between two readings, of what leaves the machine', () => {
    const figures = new TrayFigures();
    figures.read({ sections: readingAt(1) });
    const { lines, levels } = figures.read({ sections: readingAt(3) });
    expect(lines).toEqual([
      'Processor 25.0 %',
      'Memory 2.00 GiB of 8.00 GiB',
      'Network ↓ 2.00 KiB/s ↑ 4.00 KiB/s',
      'Disk read 1.00 KiB/s, write 0 B/s',
    ]);
    expect(levels).toEqual({ processor: 0.25, memory: 0.25, network: deriveTrafficLevel(6_144) });
  });

  it('shows no rate across sleep', () => {
    const figures = new TrayFigures();
    figures.read({ sections: readingAt(1) });
    const { lines, levels } = figures.read({ sections: readingAt(4_000), discontinuity: 'slept' });
    expect(lines[0]).toBe('Processor –');
    expect(levels).toEqual({ processor: null, memory: 0.25, network: null });
  });
});

describe('deriveTrafficLevel', () => {
  it('is nothing for a trickle, all for a gigabit, and rises by as much with each doubling', () => {
    expect([0, 1_024, 2 ** 27, 2 ** 40].map(deriveTrafficLevel)).toEqual([0, 0, 1, 1]);
    const steps = [11, 12, 13].map((power) => deriveTrafficLevel(2 ** power));
    expect(steps[1]! - steps[0]!).toBeCloseTo(steps[2]! - steps[1]!);
  });
});
