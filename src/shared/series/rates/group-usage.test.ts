import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerRawSchema, type ContainerRaw } from '../raw/container.ts';
import { serviceRawSchema, type ServiceRaw } from '../raw/service.ts';
import { createUnknown } from '../raw/unknown.ts';
import type { Section } from '../sample.ts';
import { deriveContainerRates } from './container.ts';
import { deriveServiceRates } from './service.ts';

const container = (more: Partial<ContainerRaw> = {}): ContainerRaw => ({ ...createUnknown(containerRawSchema), id: 'a', engine: 'docker', ...more }); // prettier-ignore
const service = (more: Partial<ServiceRaw> = {}): ServiceRaw => ({ ...createUnknown(serviceRawSchema), name: 'a.service', state: 'active', ...more }); // prettier-ignore
const at = <Raw>(readMs: number, data: Raw): Section<Raw> => ({ status: 'ok', readMs, data });
const containers = (...list: ContainerRaw[]) => ({ containers: list, namesRemedy: null });
const services = (...list: ServiceRaw[]) => ({ systemState: null, services: list, remedy: null });

function rate(before: ContainerRaw, after: ContainerRaw, ms = 2_000) {
  const rates = deriveContainerRates(at(0, containers(before)), at(ms, containers(after)));
  if (rates.status === 'gap') throw new Error(rates.reason);
  return rates.containers.get(after.id);
}

describe('rates of a container', () => {
  it('are cores, a share of what it may use, and of what it wanted and did not get', () => {
    const before = container({ cpuMicros: 0, throttledMicros: 0, readBytes: 0, writtenBytes: 10 });
    const after = container({ cpuMicros: 3e6, throttledMicros: 1e6, readBytes: 4_096, writtenBytes: 10, limitCores: 2 }); // prettier-ignore
    expect(rate(before, after)).toEqual({ status: 'ok', cpuCores: 1.5, shareOfLimit: 0.75, throttledShare: 0.25, readBytesPerSecond: 2_048, writtenBytesPerSecond: 0 }); // prettier-ignore
  });

  it('are unknown where a controller is off or there is no limit', () => {
    expect(rate(container(), container())).toEqual({ status: 'ok', cpuCores: null, shareOfLimit: null, throttledShare: null, readBytesPerSecond: null, writtenBytesPerSecond: null }); // prettier-ignore
    expect(rate(container({ cpuMicros: 5, throttledMicros: 1 }), container({ cpuMicros: 5, throttledMicros: 1 }))).toMatchObject({ throttledShare: 0 }); // prettier-ignore
  });

  it('are a gap for one that was started again, even where it has used more since', () => {
    const before = container({ cpuMicros: 100, startedWallMs: 1 });
    expect(rate(before, container({ cpuMicros: 50, startedWallMs: 1 }))).toEqual({ status: 'gap', reason: 'reset' }); // prettier-ignore
    expect(rate(before, container({ cpuMicros: 500, startedWallMs: 9 }))).toEqual({ status: 'gap', reason: 'reset' }); // prettier-ignore
    expect(rate(before, container({ id: 'b', cpuMicros: 5 }))).toEqual({ status: 'gap', reason: 'first' });
  });
});

describe('rates of a service', () => {
  it('are those of its group, and of one that came or went none', () => {
    const before = services(service({ cpuMicros: 1e6 }), service({ name: 'gone.service', cpuMicros: 5 }));
    const after = services(service({ cpuMicros: 2e6 }), service({ name: 'new.service', cpuMicros: 5 }));
    const rates = deriveServiceRates(at(0, before), at(5_000, after));
    if (rates.status === 'gap') throw new Error(rates.reason);
    expect([...rates.services.keys()]).toEqual(['a.service', 'new.service']);
    expect(rates.services.get('a.service')).toMatchObject({ cpuCores: 0.2, readBytesPerSecond: null });
    expect(rates.services.get('new.service')).toEqual({ status: 'gap', reason: 'first' });
  });
});

describe('any sequence of groups', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 60_000 }),
    micros: fc.nat({ max: 60_000_000 }),
    throttled: fc.nat({ max: 60_000_000 }),
    bytes: fc.nat({ max: 2 ** 31 - 1 }),
    limitCores: fc.constantFrom(null, 0.5, 4),
    event: fc.constantFrom('none', 'none', 'none', 'reset', 'absent', 'controllerOff', 'slept' as const),
  });

  it('gives no negative and no impossible figure, in 10 000 of them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        let nowMs = 0;
        let used = { cpuMicros: 0, throttledMicros: 0, readBytes: 0, writtenBytes: 0 };
        let [before, beforeServices]: [Section<ReturnType<typeof containers>> | undefined, Section<ReturnType<typeof services>> | undefined] = [undefined, undefined]; // prettier-ignore
        for (const { ms, micros, throttled, bytes, limitCores, event } of steps) {
          nowMs += ms;
          // No machine gives more than its cores, of which this one has 8.
          const cpuMicros = Math.min(micros, ms * 8_000);
          used = event === 'reset' ? { cpuMicros: 0, throttledMicros: 0, readBytes: 0, writtenBytes: 0 } : { cpuMicros: used.cpuMicros + cpuMicros, throttledMicros: used.throttledMicros + throttled, readBytes: used.readBytes + bytes, writtenBytes: used.writtenBytes + bytes }; // prettier-ignore
          const { throttledMicros, ...usage } = used;
          const shown = event === 'controllerOff' ? { ...usage, cpuMicros: null, readBytes: null } : usage;
          const isThere = event !== 'absent';
          const after = at(nowMs, containers(...(isThere ? [container({ ...shown, throttledMicros, limitCores })] : []))); // prettier-ignore
          const afterServices = at(nowMs, services(...(isThere ? [service(shown)] : [])));
          const discontinuity = event === 'slept' ? event : undefined;
          const rates = deriveContainerRates(before, after, discontinuity);
          const serviceRates = deriveServiceRates(beforeServices, afterServices, discontinuity);
          const all = [
            ...(rates.status === 'ok' ? rates.containers.values() : []),
            ...(serviceRates.status === 'ok' ? serviceRates.services.values() : []),
          ];
          for (const rated of all) {
            if (rated.status === 'gap') continue;
            const { cpuCores, throttledShare = 0 } = rated as { cpuCores: number | null; throttledShare?: number | null }; // prettier-ignore
            const figures = Object.values(rated).filter((figure) => typeof figure === 'number');
            const isPossible = (cpuCores ?? 0) <= 8 + 1e-9 && (throttledShare ?? 0) <= 1 && event !== 'slept';
            const isSound = figures.every((figure) => figure >= 0 && Number.isFinite(figure));
            if (!isPossible || !isSound) throw new Error(JSON.stringify(rated));
          }
          [before, beforeServices] = [after, afterServices];
        }
      }),
      { numRuns: 10_000 },
    );
  }, 30_000);
});
