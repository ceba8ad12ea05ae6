import { describe, expect, it } from 'vitest';
import {
  deriveUpdateOffReason,
  findOwnAppImage,
  isUpdateAddressAllowed,
  type InstalledAs,
} from './update-support.ts';

const appImage: InstalledAs = {
  platform: 'linux',
  isPackaged: true,
  execPath: '/tmp/.mount_pulsewAbc/pulsewire',
  environment: { APPIMAGE: '/home/ann/Pulsewire.AppImage', APPDIR: '/tmp/.mount_pulsewAbc' },
  packageType: null,
  source: 'provider: generic\nurl: https://updates.example/\nupdaterCacheDirName: pulsewire-updater\n',
  mayReplace: () => true,
  isForbidden: false,
};

describe('an app that updates itself', () => {
  it('is an AppImage whose file can be replaced, and what the platforms install', () => {
    expect(deriveUpdateOffReason(appImage)).toBeNull();
    for (const platform of ['win32', 'darwin'] as const) {
      expect(deriveUpdateOffReason({ ...appImage, platform, environment: {} })).toBeNull();
    }
    const forge = 'owner: ann\nrepo: pulsewire\nprovider: github\n';
    expect(deriveUpdateOffReason({ ...appImage, source: forge })).toBeNull();
  });

  it.each<[string, Partial<InstalledAs>]>([
    ['development', { isPackaged: false }],
    ['deb', { packageType: 'deb' }],
    ['rpm', { packageType: 'rpm' }],
    ['archive', { environment: {} }],
    ['archive', { execPath: '/opt/Pulsewire/pulsewire' }],
    ['archive', { execPath: '/tmp/.mount_pulsewAbcd/pulsewire' }],
    ['archive', { environment: { APPIMAGE: 'Pulsewire.AppImage', APPDIR: '/tmp/.mount_pulsewAbc' } }],
    ['portable', { platform: 'win32', environment: { PORTABLE_EXECUTABLE_FILE: 'C:\\Pulsewire.exe' } }],
    ['noSource', { source: null }],
    ['noSource', { source: 'provider: generic\nurl: https://updates.pulsewire.invalid/\n' }],
    ['noSource', { source: 'provider: generic\nurl: http://updates.example/\n' }],
    ['noSource', { source: 'url: https://updates.example/\n' }],
    ['policy', { isForbidden: true }],
    ['readOnly', { mayReplace: () => false }],
  ])('is none for the reason %s: %j', (reason, differs) => {
    expect(deriveUpdateOffReason({ ...appImage, ...differs })).toBe(reason);
  });

  it('does not take for its own the AppImage that its terminal runs from', () => {
    const environment = { APPIMAGE: '/home/ann/Terminal.AppImage', APPDIR: '/tmp/.mount_Termin' };
    expect(findOwnAppImage({ ...appImage, environment })).toBeNull();
    expect(findOwnAppImage(appImage)).toBe('/home/ann/Pulsewire.AppImage');
  });
});

it('updates come by HTTPS, or from this machine', () => {
  expect(
    ['https://updates.example/latest.yml', 'http://127.0.0.1:8000/x', 'http://[::1]/'].every(
      isUpdateAddressAllowed,
    ),
  ).toBe(true);
  const refused = [
    'http://updates.example/',
    'http://127.0.0.1.example/',
    'file:///x',
    'ftp://127.0.0.1/',
    'x',
  ];
  expect(refused.filter(isUpdateAddressAllowed)).toEqual([]);
});
