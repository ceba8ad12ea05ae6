import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import type { RingKey } from '../../../shared/series/rings/ring-set.ts';
import { unknownDevice } from '../../../shared/series/raw/disk.ts';
import { unknownInterface } from '../../../shared/series/raw/network.ts';
import { loadingTopic, type TopicState } from '../../../shared/series/topic-state.ts';
import type { BusyProcess, Taker } from './busy-processes.ts';
import { deriveBusy, type BusySources } from './derive-busy.ts';

/** Ten readings, a second apart. */
function steady(...row: number[]): RingBuffer {
  const ring = new RingBuffer(20, row.length);
  for (let second = 0; second < 10; second++) ring.push(second * 1_000, row);
  return ring;
}

function ok(rest: object): TopicState<never> {
  return { ...loadingTopic, status: 'ok', truth: 'ok', ...rest };
}

const stress: Taker = { name: 'stress-ng', pid: 4711, count: 1, amount: 1.9 };

function busyProcess(given: Partial<BusyProcess>): BusyProcess {
  return { key: 'k', pid: 9, name: 'node', cpuShare: 0.99, residentBytes: 0, sinceX: 2_000, isOlder: false, ...given }; // prettier-ignore
}

function sources(rings: Partial<Record<RingKey, RingBuffer>>, given: Partial<BusySources> = {}): BusySources {
  return {
    ring: (key) => rings[key],
    cpu: loadingTopic,
    memory: loadingTopic,
    disk: loadingTopic,
    network: loadingTopic,
    gpu: loadingTopic,
    processes: { busiest: [], ofProcessor: null, ofMemory: null, ofDisks: null },
    nowX: 9_000,
    ...given,
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
const cpu = (used: number) =>
  ok({
    rates: { status: 'ok', total: shares(used), cores: [0, 1].map((id) => ({ id, shares: shares(used) })) },
  });

describe('deriveBusy', () => {
  it('says nothing of what does not answer', () => {
    expect(deriveBusy(sources({ cpu: steady(0, 0, 0, 0, 1) }))).toEqual([]);
  });

  it('tells how busy the processor is, since when, and who takes most of it', () => {
    const processes = { busiest: [], ofProcessor: stress, ofMemory: null, ofDisks: null };
    const busy = deriveBusy(sources({ cpu: steady(0.9, 0, 0, 0, 0.96) }, { cpu: cpu(0.96), processes }));
    expect(busy).toEqual([
      { kind: 'processor', name: '', share: 0.96, sinceX: 0, isOlder: true, taker: stress, isMostly: true },
    ]);
  });

  it('names one process that holds a whole core only while the processor has cores left', () => {
    const processes = {
      busiest: [
        busyProcess({ pid: 8, sinceX: 4_000 }),
        busyProcess({}),
        busyProcess({ pid: 7, sinceX: 8_000 }),
      ],
      ofProcessor: stress,
      ofMemory: null,
      ofDisks: null,
    };
    const idle = deriveBusy(sources({ cpu: steady(0, 0, 0, 0, 0.5) }, { cpu: cpu(0.5), processes }));
    expect(idle.map(({ kind, name, sinceX, taker }) => [kind, name, sinceX, taker?.pid])).toEqual([
      ['process', 'node', 2_000, 9],
    ]);
    const busy = deriveBusy(sources({ cpu: steady(0, 0, 0, 0, 0.9) }, { cpu: cpu(0.9), processes }));
    expect(busy.map(({ kind }) => kind)).toEqual(['processor']);
  });

  it('names the busiest disk of several, and of interfaces only one whose speed is known', () => {
    const rates = (busy: number) => ({
      status: 'ok',
      busy,
      readBytesPerSecond: 10,
      writtenBytesPerSecond: 0,
    });
    const disk = ok({
      data: { devices: ['sda', 'sdb'].map((name) => ({ ...unknownDevice, name })) },
      rates: { status: 'ok', devices: new Map([['sda', rates(0.85)], ['sdb', rates(0.98)]]) },
    }); // prettier-ignore
    const rated = { status: 'ok', rxBytesPerSecond: 1e8, txBytesPerSecond: 0 };
    const network = (speedBitsPerSecond: number | null) =>
      ok({
        data: { interfaces: [{ ...unknownInterface, name: 'eth0', kind: 'ethernet', speedBitsPerSecond }] },
        rates: { status: 'ok', interfaces: new Map([['eth0', rated]]) },
      });
    const rings = {
      'disk/sda': steady(0, 0, 0.85),
      'disk/sdb': steady(0, 0, 0.98),
      'network/eth0': steady(1e8, 0),
    };
    const told = deriveBusy(sources(rings, { disk, network: network(1e9) }));
    expect(told.map(({ kind, name, share }) => [kind, name, share])).toEqual([
      ['disk', 'sdb', 0.98],
      ['network', 'eth0', 0.8],
    ]);
    expect(deriveBusy(sources(rings, { network: network(null) }))).toEqual([]);
  });

  it('takes memory that is nearly all in use for busy', () => {
    const memory = ok({ data: { totalBytes: 100 } });
    const processes = { busiest: [], ofProcessor: null, ofMemory: { ...stress, amount: 40 }, ofDisks: null };
    const [busy] = deriveBusy(sources({ memory: steady(93, 0, 0, 0) }, { memory, processes }));
    expect(busy).toMatchObject({ kind: 'memory', share: 0.93, isMostly: false });
  });
});
