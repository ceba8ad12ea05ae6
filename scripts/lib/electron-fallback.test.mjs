import { describe, expect, it } from 'vitest';
import { isFallbackAvailable, placeEntry } from './electron-fallback.mjs';

describe('placeEntry', () => {
  it("keeps the runtime and leaves the other app's own files out", () => {
    expect(placeEntry('Cypress/Cypress')).toBe('electron');
    expect(placeEntry('Cypress/locales/de.pak')).toBe('locales/de.pak');
    expect(placeEntry('Cypress/resources/app/index.js')).toBeUndefined();
    expect(placeEntry('Cypress/resources/app-update.yml')).toBeUndefined();
    expect(placeEntry('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
    expect(placeEntry('Cypress/v8_context_snapshot.bin')).toBe('v8_context_snapshot.bin');
    expect(placeEntry('elsewhere/electron')).toBeUndefined();
  });
});

describe('isFallbackAvailable', () => {
  it('is for 64-bit Linux on Intel and AMD alone', () => {
    expect(isFallbackAvailable('linux', 'x64')).toBe(true);
    expect(isFallbackAvailable('linux', 'arm64')).toBe(false);
    expect(isFallbackAvailable('darwin', 'x64')).toBe(false);
  });
});
