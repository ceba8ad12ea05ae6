import { describe, expect, it } from 'vitest';
import { fullness, rankBusiest, type BusyInput } from './busiest.ts';
import { loadingTopic } from '../../shared/series/topic-state.ts';

const nothing: BusyInput = {
  cpu: loadingTopic,
  memory: loadingTopic,
  network: loadingTopic,
  disk: loadingTopic,
  filesystem: loadingTopic,
};

function mount(mountPoint: string, usedBytes: number) {
  const space = {
    totalBytes: 1_000,
    freeBytes: 1_000 - usedBytes,
    availableBytes: 1_000 - usedBytes,
    inodesTotal: null,
    inodesFree: null,
  };
  return {
    mountPoint,
    device: 'disk',
    type: 'ext4',
    readOnly: false,
    options: [],
    turnedReadOnlyWallMs: null,
    space,
  };
}

const shares = (used: number) => ({
  used,
  user: used,
  system: 0,
  irq: 0,
  iowait: 0,
  steal: 0,
  idle: 1 - used,
});

describe('rankBusiest', () => {
  it('says nothing before it knows anything', () => {
    expect(rankBusiest(nothing)).toEqual([]);
  });

  it('names the fullest of a kind once', () => {
    const data = { mounts: [mount('/', 500), mount('/home', 900), mount('/var', 800)] };
    const ranked = rankBusiest({
      ...nothing,
      filesystem: { ...loadingTopic, status: 'ok', truth: 'ok', data, rates: null },
    });
    expect(ranked.map(({ name }) => name)).toEqual(['/home']);
  });

  it('speaks of a single core only where the processor does not tell', () => {
    const rate = (total: number, cores: number[]): BusyInput => ({
      ...nothing,
      cpu: {
        ...loadingTopic,
        status: 'ok',
        truth: 'ok',
        data: null,
        rates: {
          status: 'ok',
          total: shares(total),
          usedOfAllowed: total,
          allowedCores: cores.length,
          cgroup: null,
          pressure: null,
          cores: cores.map((used, id) => ({ id, shares: { status: 'ok', ...shares(used) } })),
          contextSwitchesPerSecond: null,
          interruptsPerSecond: null,
          forksPerSecond: null,
        },
      },
    });
    expect(rankBusiest(rate(0.5, [1, 0]))[0]?.name).toBe('Core 0');
    expect(rankBusiest(rate(0.95, [1, 0.9])).map(({ name }) => name)).toEqual(['Processor']);
  });

  it('counts what is reserved for root as taken, as df does', () => {
    expect(fullness({ totalBytes: 100, freeBytes: 20, availableBytes: 10 })).toBeCloseTo(80 / 90);
    expect(fullness({ totalBytes: 0, freeBytes: 0, availableBytes: 0 })).toBe(0);
  });
});
