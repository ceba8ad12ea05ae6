import type { Section } from '../../sample.ts';
import type { Rated } from '../span.ts';

/** A section that was read at this time. */
export const at = <Raw>(readMs: number, data: Raw): Section<Raw> => ({ status: 'ok', readMs, data });

/** The figures; a gap in their place fails the test. */
export function figuresOf<Figures>(rated: Rated<Figures>): Figures {
  if (rated.status === 'gap') throw new Error(`a gap: ${rated.reason}`);
  return rated;
}

/** Names of figures that are a part of a whole. */
const shares = new Set([
  'used', 'user', 'system', 'irq', 'iowait', 'steal', 'idle', 'busy', 'some', 'full', 'usedShare', 'throttledShare', 'usedOfAllowed',
  'rxUtilization', 'txUtilization', 'retransmittedShare',
]); // prettier-ignore

/** Throws where any figure within is negative, no number, or a share of more than all. */
export function checkFigures(value: unknown, name = ''): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) throw new Error(`${name} is ${value}`);
    if (shares.has(name) && value > 1) throw new Error(`${name} is ${value}`);
  } else if (value instanceof Map) {
    for (const entry of value.values()) checkFigures(entry);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) checkFigures(entry, key);
  }
}
