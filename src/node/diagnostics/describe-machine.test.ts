import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeSystem, describeVersions } from './describe-machine.ts';

it('tells how the program was installed by what its package leaves beside it or in the environment', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'pulsewire-installed-'));
  try {
    const kind = (environment: Record<string, string>, path: string): string =>
      describeVersions('1.2.3', environment, path).package;
    await mkdir(join(elsewhere, 'out', 'main'), { recursive: true });
    expect(kind({}, import.meta.dirname)).toBe('source');
    expect(kind({}, join(elsewhere, 'out', 'main'))).toBe('archive');
    expect(kind({ APPIMAGE: '/home/x/Pulsewire.AppImage' }, elsewhere)).toBe('appImage');
    expect(kind({ container: 'podman' }, elsewhere)).toBe('container');
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

it('tells what kind of machine it is, and not which one', () => {
  const system = describeSystem({ XDG_SESSION_TYPE: 'wayland', USER: 'alicequist' });
  expect(system).toMatchObject({ platform: process.platform, arch: process.arch, session: 'wayland' });
  expect(JSON.stringify(system)).not.toMatch(new RegExp(`"${hostname()}|alicequist`));
  expect(system.kernel).toMatch(/^[\d.]*$/);
});

it('takes for a version what is one', () => {
  for (const [given, told] of [
    ['1.2.3', '1.2.3'],
    ['1.2.3-beta.1', '1.2.3-beta.1'],
    ['of alice', 'unknown'],
  ] as const) {
    expect(describeVersions(given, {}, '/').pulsewire).toBe(told);
  }
});
