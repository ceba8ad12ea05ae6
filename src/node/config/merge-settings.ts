import { isObject, type JsonObject } from './parse-settings.ts';

/** Two layers of settings as one: what the upper says wins, key by key; a list counts as a whole. Changes neither. */
export function mergeSettings(lower: JsonObject, upper: JsonObject): JsonObject {
  const merged: JsonObject = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(value) ? mergeSettings(below, value) : value;
  }
  return merged;
}

/** Every value of a layer by its dotted key, in their order; an object is looked into, a list is a value. */
export function listSettings(settings: JsonObject, path = ''): (readonly [key: string, value: unknown])[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const key = path === '' ? name : `${path}.${name}`;
    return isObject(value) ? listSettings(value, key) : [[key, value] as const];
  });
}
