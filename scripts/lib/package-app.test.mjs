import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { derivePlatform } from './package-app.mjs';
import { derivePackageOrigin } from './package-origin.mjs';
import { projectFolder } from './project.mjs';

describe('derivePlatform', () => {
  it('finds the platform whose packager makes all that is asked for', () => {
    expect(derivePlatform(['tar.gz', 'deb'], 'darwin')).toBe('linux');
    expect(derivePlatform(['nsis'], 'linux')).toBe('windows');
    expect(derivePlatform(['dmg', 'zip'], 'linux')).toBe('mac');
  });

  it('takes an unpacked folder for one of this machine', () => {
    expect(derivePlatform(['dir'], 'linux')).toBe('linux');
    expect(derivePlatform(['dir'], 'darwin')).toBe('mac');
    expect(derivePlatform(['dir'], 'win32')).toBe('windows');
  });

  it('refuses what no packager makes, and what no single one does', () => {
    expect(() => derivePlatform(['deb', 'msi'], 'linux')).toThrow('There is no target msi.');
    expect(() => derivePlatform(['deb', 'dmg'], 'linux')).toThrow('deb, dmg are of different platforms');
  });
});

describe('derivePackageOrigin', () => {
  it('asks nobody for updates where nothing says who has them', () => {
    expect(derivePackageOrigin({})).toEqual({
      homepage: 'https://pulsewire.invalid/',
      maintainer: 'The Pulsewire contributors <contributors@pulsewire.invalid>',
      publish: undefined,
    });
  });

  it('takes the repository whose workflow it runs in', () => {
    expect(derivePackageOrigin({ GITHUB_REPOSITORY: 'somebody/pulsewire' })).toEqual({
      homepage: 'https://github.com/somebody/pulsewire',
      maintainer: 'The Pulsewire contributors <somebody@users.noreply.github.com>',
      publish: { provider: 'github', owner: 'somebody', repo: 'pulsewire' },
    });
  });

  it('prefers a server of one’s own', () => {
    const environment = { PULSEWIRE_UPDATE_URL: 'https://example.org/pulsewire', GITHUB_REPOSITORY: 'a/b' };
    expect(derivePackageOrigin(environment).publish).toEqual({
      provider: 'generic',
      url: 'https://example.org/pulsewire',
    });
  });
});

describe('electron-builder.yml', () => {
  /** @param {string} path */
  const read = (path) => readFile(join(projectFolder, path), 'utf8');

  it('is what electron-builder’s own schema asks for', async () => {
    const schema = JSON.parse(await read('node_modules/app-builder-lib/scheme.json'));
    const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
    const isValid = validate(parse(await read('electron-builder.yml')));
    expect(validate.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('names every target for which packages are promised, on every architecture', async () => {
    const config = /** @type {any} */ (parse(await read('electron-builder.yml')));
    /** @param {{target: string, arch: string[]}[]} targets */
    const list = (targets) => targets.map(({ target, arch }) => `${target} ${arch.join(' ')}`);
    expect(list(config.linux.target)).toEqual([
      'AppImage x64 arm64',
      'deb x64 arm64',
      'rpm x64 arm64',
      'tar.gz x64 arm64',
    ]);
    expect(list(config.win.target)).toEqual(['nsis x64 arm64', 'portable x64']);
    expect(list(config.mac.target)).toEqual(['dmg universal', 'zip universal']);
  });
});
