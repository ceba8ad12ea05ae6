import type * as v from 'valibot';

/** A field of a schema that holds one value. */
export interface Leaf {
  /** As `PathOf` writes it. */
  readonly path: string;
  readonly type: 'number' | 'string' | 'boolean';
}

/** Every single value that data of a schema can hold. Throws where the schema is of a kind that no topic has yet. */
export function listLeaves(schema: v.GenericSchema, path = ''): Leaf[] {
  const { type, entries, item, value, wrapped } = schema as unknown as AnySchema;
  switch (type) {
    case 'object':
      return Object.entries(entries).flatMap(([key, entry]) =>
        listLeaves(entry, path ? `${path}.${key}` : key),
      );
    case 'array':
      return listLeaves(item, `${path}[]`);
    case 'record':
      return listLeaves(value, path ? `${path}.*` : '*');
    case 'nullable':
    case 'optional':
      return listLeaves(wrapped, path);
    case 'number':
    case 'boolean':
      return [{ path, type }];
    case 'string':
    case 'picklist':
    case 'literal':
      return [{ path, type: 'string' }];
    default:
      throw new Error(`listLeaves does not know the schema type "${type}" at ${path}.`);
  }
}

interface AnySchema {
  readonly type: string;
  readonly entries: Readonly<Record<string, v.GenericSchema>>;
  readonly item: v.GenericSchema;
  readonly value: v.GenericSchema;
  readonly wrapped: v.GenericSchema;
}
