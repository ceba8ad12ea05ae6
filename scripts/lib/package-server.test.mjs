import { describe, expect, it } from 'vitest';
import { listImports, listNeededPaths } from './package-server.mjs';

describe('what the archive of the server must hold', () => {
  it('is what the build imports, however the bundler writes it', () => {
    const built = [
      'import{a as b}from"./chunk-a.js";import "node:fs";',
      'import c, { d } from "valibot";',
      'export { e } from "./chunk-e.js";',
      'const f = await import("pino");',
      'const text = "import it from \'nowhere\'";',
    ].join('\n');
    expect(listImports(built)).toEqual(['./chunk-a.js', 'node:fs', 'valibot', './chunk-e.js', 'pino']);
  });

  it('is every package where Node finds it, with what it depends on, and none twice', () => {
    const packages = {
      'node_modules/a': { dependencies: { b: '2', c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { d: '1' } },
      'node_modules/b': { dependencies: { e: '1' } },
      'node_modules/c': { dependencies: { a: '1' } },
      'node_modules/d': {},
      'node_modules/e': {},
    };
    expect(listNeededPaths(packages, ['a'])).toEqual(['node_modules/a', 'node_modules/c', 'node_modules/d']);
    expect(listNeededPaths(packages, ['b', 'gone'])).toEqual(['node_modules/b', 'node_modules/e']);
  });
});
