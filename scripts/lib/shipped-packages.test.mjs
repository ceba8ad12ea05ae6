import { describe, expect, it } from 'vitest';
import { findPackagePath } from './record-bundled.mjs';
import { listShipped } from './shipped-packages.mjs';

const packages = {
  '': { dependencies: { server: '^1' }, devDependencies: { page: '^1', linter: '^1' } },
  'node_modules/server': { version: '1.2.0', license: 'MIT', dependencies: { shared: '^2' } },
  'node_modules/server/node_modules/shared': {
    version: '2.0.0',
    license: 'ISC',
    dependencies: { deep: '^1' },
  },
  'node_modules/shared': { version: '3.0.0', license: 'ISC' },
  'node_modules/deep': { version: '1.0.0', license: 'MIT', optionalDependencies: { elsewhere: '^1' } },
  'node_modules/page': { version: '1.0.0', license: 'MIT', dependencies: { shared: '^3', unused: '^1' } },
  'node_modules/unused': { version: '1.0.0', license: 'MIT' },
  'node_modules/linter': { version: '1.0.0', license: 'GPL-3.0-only' },
};

describe('listShipped', () => {
  it('takes the production dependencies with all that they need, the nearest of each name', () => {
    expect(listShipped(packages, []).map(({ path, name, version }) => [path, name, version])).toEqual([
      ['node_modules/deep', 'deep', '1.0.0'],
      ['node_modules/server', 'server', '1.2.0'],
      ['node_modules/server/node_modules/shared', 'shared', '2.0.0'],
    ]);
  });

  it('takes of what was bundled that alone, and says what of it needs what', () => {
    const shipped = listShipped(packages, ['node_modules/page', 'node_modules/shared']);
    expect(shipped.map(({ name }) => name)).toEqual(['deep', 'page', 'server', 'shared', 'shared']);
    expect(shipped.find(({ name }) => name === 'page')?.needs).toEqual(['node_modules/shared']);
    expect(shipped.find(({ name }) => name === 'server')?.needs).toEqual([
      'node_modules/server/node_modules/shared',
    ]);
  });

  it('takes once what is both installed and bundled, with what it needs where it is installed', () => {
    expect(listShipped(packages, ['node_modules/server']).map(({ name }) => name)).toEqual([
      'deep',
      'server',
      'shared',
    ]);
  });

  it('knows nothing that the lock file does not', () => {
    expect(() => listShipped(packages, ['node_modules/stray'])).toThrow('node_modules/stray was bundled');
  });
});

describe('findPackagePath', () => {
  it('finds the package of a file, the innermost one', () => {
    expect(findPackagePath('/home/me/pulsewire/node_modules/react/index.js')).toBe('node_modules/react');
    expect(findPackagePath('../../node_modules/@fonts/inter/files/a.woff2')).toBe(
      'node_modules/@fonts/inter',
    );
    expect(findPackagePath('C:\\pulsewire\\node_modules\\a\\node_modules\\@b\\c\\x.js?raw')).toBe(
      'node_modules/a/node_modules/@b/c',
    );
  });

  it('finds none of our own files', () => {
    expect(findPackagePath('/home/me/pulsewire/src/main/main.ts')).toBeUndefined();
  });
});
