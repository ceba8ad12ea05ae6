import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unknownInterface, type InterfaceRaw, type NetworkRaw } from '../raw/network.ts';
import { deriveNetworkRates, type InterfaceRates } from './network.ts';
import type { Rated } from './span.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';

const card = (more: Partial<InterfaceRaw> = {}): InterfaceRaw => ({ ...unknownInterface, name: 'eth0', addresses: [], index: 2, kind: 'ethernet', state: 'up', rxBytes: 0, rxErrors: 0, rxDropped: 0, txBytes: 0, txErrors: 0, txDropped: 0, ...more }); // prettier-ignore
const raw = (...interfaces: InterfaceRaw[]): NetworkRaw => ({ defaultRoutes: [], interfaces });
const rate = (before: InterfaceRaw, after: InterfaceRaw, ms: number): Rated<InterfaceRates> | undefined =>
  figuresOf(deriveNetworkRates(at(0, raw(before)), at(ms, raw(after)))).interfaces.get('eth0');

it('a link has a share in use by direction, where its speed is known', () => {
  const speedBitsPerSecond = 1e9;
  expect(rate(card(), card({ speedBitsPerSecond, rxBytes: 250e6, txBytes: 25e6 }), 2_000)).toMatchObject({ rxUtilization: 1, txUtilization: 0.1 }); // prettier-ignore
  expect(rate(card(), card({ rxBytes: 250e6 }), 2_000)).toMatchObject({ rxUtilization: null, txUtilization: null }); // prettier-ignore
  expect(rate(card(), card({ rxBytes: 250e6, speedBitsPerSecond: 0 }), 2_000)).toMatchObject({ rxUtilization: null }); // prettier-ignore
});

it('a link is never used more than wholly, though a buffer brought more in than it carries', () => {
  expect(rate(card(), card({ speedBitsPerSecond: 1e7, rxBytes: 5e9 }), 1_000)).toMatchObject({ rxUtilization: 1, rxBytesPerSecond: 5e9 }); // prettier-ignore
});

const names = ['rxBytes', 'rxPackets', 'rxErrors', 'rxDropped', 'txBytes', 'txPackets', 'txErrors', 'txDropped'] as const; // prettier-ignore

it('no rate of a link is negative or impossible in 10 000 sequences of resets, wraps, hot-plug and sleep', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 5_000 }),
    passed: fc.array(fc.nat({ max: 2 ** 34 }), { minLength: names.length, maxLength: names.length }),
    speedBitsPerSecond: fc.constantFrom(null, 0, 1e7, 1e9, 4e11),
    event: fc.constantFrom('none', 'none', 'none', 'reset', 'wrap', 'unplug', 'replace', 'rename', 'slept'),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
      let [nowMs, index, name] = [0, 1, 'eth0'];
      let counters = names.map(() => 2 ** 32 - 2 ** 30);
      let before: ReturnType<typeof at<NetworkRaw>> | undefined;
      for (const { ms, passed, event, speedBitsPerSecond } of steps) {
        nowMs += ms;
        counters = counters.map((value, place) => value + passed[place]!);
        if (event === 'reset') counters = counters.map(() => 0);
        if (event === 'wrap') counters = counters.map((value) => value % 2 ** 32);
        if (event === 'replace') index++;
        if (event === 'rename') name = name === 'eth0' ? 'lan' : 'eth0';
        const figures = Object.fromEntries(names.map((counter, place) => [counter, counters[place]!]));
        const link = card({ name, index, speedBitsPerSecond, ...figures });
        const after = at(nowMs, event === 'unplug' ? raw() : raw(link));
        const rates = deriveNetworkRates(before, after, event === 'slept' ? 'slept' : undefined);
        if (event === 'slept') expect(rates.status).toBe('gap');
        checkFigures(rates);
        before = after;
      }
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
