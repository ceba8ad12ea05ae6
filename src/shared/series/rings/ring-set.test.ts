import { describe, expect, it } from 'vitest';
import { columns, RingSet } from './ring-set.ts';

describe('RingSet', () => {
  it('makes a series with its first row, and a gap in it where there is none', () => {
    const rings = new RingSet();
    expect(rings.get('sensor/chip/1')).toBeUndefined();
    rings.at(1_000).push('sensor/chip/1', [40]);
    rings.at(2_000).push('sensor/chip/1', null);
    const ring = rings.get('sensor/chip/1')!;
    expect(ring.value(0, columns.sensor.value)).toBe(40);
    expect(ring.value(1, columns.sensor.value)).toBeNaN();
  });

  it('ends the series of those that are gone, and keeps the sum of all', () => {
    const rings = new RingSet();
    const pen = rings.at(1_000);
    for (const key of ['network', 'network/eth0', 'network/veth1'] as const) pen.push(key, [1, 2]);
    pen.keepOnly('network', ['eth0']);
    expect(rings.get('network/veth1')).toBeUndefined();
    expect(rings.get('network/eth0')).toBeDefined();
    expect(rings.get('network')).toBeDefined();
  });

  it('is bounded in number, however many there are on the machine', () => {
    const rings = new RingSet();
    const pen = rings.at(1_000);
    for (let place = 0; place < 5_000; place++) pen.push(`network/veth${place}`, [1, 2]);
    const kept = Array.from({ length: 5_000 }, (_, place) => rings.get(`network/veth${place}`));
    expect(kept.filter((ring) => ring !== undefined)).toHaveLength(256);
    expect(kept[0]).toBeDefined();
  });

  it('holds an hour of readings a second, in bytes that are bounded in all', () => {
    const rings = new RingSet();
    const seconds = 3_720;
    for (let second = 0; second < seconds; second++) rings.at(second * 1_000).push('core/0', [0.5, 3e9]);
    const one = rings.get('core/0')!;
    expect(one.lastX - one.x(0)).toBeGreaterThanOrEqual(3_600_000);
    expect(rings.byteLength).toBe(3_720 * (8 + 4 + 4));
    const kinds = ['network', 'disk', 'sensor', 'container'] as const;
    for (const kind of kinds) {
      for (let place = 0; place < 400; place++) rings.at(1_000).push(`${kind}/${place}`, [1]);
    }
    const kept = kinds.flatMap((kind) =>
      Array.from({ length: 400 }, (_, place) => rings.get(`${kind}/${place}`)).filter(Boolean),
    );
    expect(kept).toHaveLength(639);
  });

  it('takes room as it is filled: a minute takes little of what an hour does', () => {
    const rings = new RingSet();
    for (let second = 0; second < 60; second++) rings.at(second * 1_000).push('core/0', [0.5, 3e9]);
    expect(rings.byteLength).toBe(64 * 16);
  });

  it('breaks every series, and forgets whole kinds', () => {
    const rings = new RingSet();
    rings.at(1_000).push('cpu', [1, 1, 1, 1, 1]);
    rings.at(1_000).push('core/0', [1, 1]);
    rings.breakAll();
    expect(rings.get('cpu')?.value(1, 0)).toBeNaN();
    rings.forget(['core']);
    expect(rings.get('core/0')).toBeUndefined();
    expect(rings.get('cpu')).toBeDefined();
  });
});
