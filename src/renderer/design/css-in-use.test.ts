import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '..');
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' });
const read = (name: string): string => readFileSync(join(renderer, name), 'utf8');

/** Every word in the sources that could be a class, and the beginnings of those that are put together (`card--${area}`). */
const sources = files.filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.')).map(read);
const words = new Set(sources.flatMap((text) => text.match(/[\w-]+/g) ?? []));
const beginnings = [...new Set(sources.flatMap((text) => text.match(/[\w-]+-(?=\$\{)/g) ?? []))];

/** The classes that a style sheet has rules for. */
function classesOf(name: string): readonly string[] {
  const rules = read(name)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return [...new Set([...rules.matchAll(/\.([a-z][\w-]*)/g)].map(([, found]) => found!))];
}

describe('style sheets', () => {
  it.each(files.filter((name) => extname(name) === '.css'))(
    '%s has no rule for a class that nothing has',
    (name) => {
      const unused = classesOf(name).filter(
        (found) => !words.has(found) && !beginnings.some((beginning) => found.startsWith(beginning)),
      );
      expect(unused).toEqual([]);
    },
  );

  // The bundler decides which file is loaded first, and the first that names a layer says where it stands.
  it.each(files.filter((name) => extname(name) === '.css' && read(name).includes('@layer')))(
    '%s says the order of the layers before it names one',
    (name) => {
      expect(/@layer [^;{]*[;{]/.exec(read(name))?.[0]).toBe('@layer base, components;');
    },
  );
});
