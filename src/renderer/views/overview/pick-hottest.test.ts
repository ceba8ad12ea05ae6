import { expect, it } from 'vitest';
import { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import { pickHottest } from './pick-hottest.ts';

function sensor(id: string, value: number, kind: 'temperature' | 'fan' = 'temperature') {
  return { id, chip: 'chip', label: id, kind, value, high: null, critical: null };
}

function ring(...values: number[]): RingBuffer {
  const made = new RingBuffer(50, 1);
  values.forEach((value, at) => made.push(at, [value]));
  return made;
}

it('picks the temperature that has been highest lately, not the one that is for a moment', () => {
  const rings: Record<string, RingBuffer> = { steady: ring(60, 60, 60, 60), jumpy: ring(50, 50, 50, 61) };
  const sensors = [sensor('fan', 1_200, 'fan'), sensor('jumpy', 61), sensor('steady', 60)];
  expect(pickHottest(sensors, (id) => rings[id])?.id).toBe('steady');
});

it('goes by what sensors read now while nothing is kept of them, and finds none where there is none', () => {
  expect(pickHottest([sensor('a', 40), sensor('b', 45)], () => undefined)?.id).toBe('b');
  expect(pickHottest([sensor('fan', 1_200, 'fan')], () => undefined)).toBe(null);
});
