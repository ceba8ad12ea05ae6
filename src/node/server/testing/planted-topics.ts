import type { AnyCollector } from '../../../core/collector.ts';
import type { AnySchema } from '../../../shared/testing/any-schema.ts';
import { topicSchemas, type Topic } from '../../../shared/series/raw.ts';

/** The word that stands in every free text of a topic, by which it is found in bytes: `planted.process.name`. */
export function plantedWord(path: string): string {
  return `planted.${path}`;
}

/** Collectors of every topic that this host does not serve by itself, with a planted word in every free text. */
export function createPlantedCollectors(own: readonly Topic[]): readonly AnyCollector[] {
  return (Object.keys(topicSchemas) as Topic[])
    .filter((topic) => !own.includes(topic))
    .map((id) => {
      const data = plant(topicSchemas[id], id);
      return {
        id,
        minIntervalMs: 250,
        deadlineMs: 1_000,
        probe: () => ({ status: 'ok' }),
        read: () => data,
      } as unknown as AnyCollector;
    });
}

function plant(given: unknown, path: string): unknown {
  const schema = given as AnySchema;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.entries!).map(([key, entry]) => [key, plant(entry, `${path}.${key}`)]),
      );
    case 'array':
      return [plant(schema.item, path)];
    case 'record':
      return { [plantedWord(path)]: plant(schema.value, path) };
    case 'nullable':
    case 'optional':
      return plant(schema.wrapped, path);
    case 'picklist':
      return schema.options![0];
    case 'literal':
      return schema.literal;
    case 'variant':
    case 'union':
      return plant(schema.options![0], path);
    case 'boolean':
      return true;
    case 'number':
      return 0;
    case 'string': {
      const longest = schema.pipe?.find((step) => step.type === 'max_length')?.requirement as
        number | undefined;
      return plantedWord(path).slice(0, longest);
    }
    default:
      throw new Error(`Nothing can be planted into a schema of type ${schema.type} at ${path}.`);
  }
}
