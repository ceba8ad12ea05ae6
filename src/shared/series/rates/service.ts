import type { ServicesRaw } from '../raw/service.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveGroupRates, type GroupRates } from './group-usage.ts';
import { deriveSpan, type Rated } from './span.ts';

/** Rates of each service by its name. One that is new, or was started again, has a gap of its own. */
export function deriveServiceRates(
  previous: Section<ServicesRaw> | undefined,
  next: Section<ServicesRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<{ readonly services: ReadonlyMap<string, Rated<GroupRates>> }> {
  const span = deriveSpan<'service'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.services.map((service) => [service.name, service]));
  const services = new Map<string, Rated<GroupRates>>();
  for (const service of span.after.services) {
    services.set(service.name, deriveGroupRates(known.get(service.name), service, span.seconds));
  }
  return { status: 'ok', services };
}
