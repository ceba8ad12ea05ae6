import { expect, it } from 'vitest';
import { isOwnFile, isGranted } from './page-grants.ts';

it('lets pages of ours write to the clipboard, and grants nothing else to anybody', () => {
  expect(isGranted('clipboard-sanitized-write', 'app://pulsewire/')).toBe(true);
  expect(isGranted('clipboard-sanitized-write', 'app://pulsewire/index.html#memory')).toBe(true);
  for (const permission of ['clipboard-read', 'geolocation', 'notifications', 'media', 'hid']) {
    expect(isGranted(permission, 'app://pulsewire/')).toBe(false);
  }
  for (const address of ['https://example.com/', 'app://pulsewire.example/', 'app://other/', '']) {
    expect(isGranted('clipboard-sanitized-write', address)).toBe(false);
  }
});

it('saves what a page of ours has made, and nothing from elsewhere', () => {
  expect(isOwnFile('blob:app://pulsewire/0f1c')).toBe(true);
  for (const address of [
    'blob:https://example.com/0f1c',
    'blob:app://pulsewire.example/0f1c',
    'app://pulsewire/index.html',
    'https://example.com/setup.exe',
    'data:text/csv,1',
  ]) {
    expect(isOwnFile(address)).toBe(false);
  }
});
