import type * as v from 'valibot';
import { topicSchemas, type RawOf, type Topic } from '../shared/series/raw.ts';

/**
 * Whether what a collector returned has the outline of its topic: every figure there, lists where lists belong. A full
 * parse of every reading would cost more than the reading; this costs nothing and keeps a broken collector's answer
 * from breaking its viewers, who do parse it.
 */
export function hasOutline<T extends Topic>(topic: T, value: unknown): value is RawOf<T> {
  if (typeof value !== 'object' || value === null) return false;
  const figures = value as Record<string, unknown>;
  const { entries } = topicSchemas[topic] as unknown as { entries: Record<string, v.GenericSchema> };
  for (const name in entries) {
    const figure = figures[name];
    if (figure === undefined) return false;
    if (entries[name]!.type === 'array' && !Array.isArray(figure)) return false;
  }
  return true;
}
