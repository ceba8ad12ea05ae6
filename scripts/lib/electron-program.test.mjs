import { describe, expect, it } from 'vitest';
import { deriveSwitches, hasDisplay } from './electron-program.mjs';

describe('hasDisplay', () => {
  it('goes by the environment on Linux only', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
    expect(hasDisplay({}, 'win32')).toBe(true);
  });
});

describe('deriveSwitches', () => {
  it('gives up the sandbox for root on Linux only', () => {
    expect(deriveSwitches({ DISPLAY: ':0' }, 'linux', true)).toEqual(['--no-sandbox']);
    expect(deriveSwitches({ DISPLAY: ':0' }, 'linux', false)).toEqual([]);
    expect(deriveSwitches({}, 'darwin', true)).toEqual([]);
  });

  it('asks for Wayland where there is nothing else', () => {
    const wayland = { WAYLAND_DISPLAY: 'wayland-0' };
    expect(deriveSwitches(wayland, 'linux', false)).toEqual(['--ozone-platform-hint=auto']);
    expect(deriveSwitches({ ...wayland, DISPLAY: ':0' }, 'linux', false)).toEqual([]);
  });
});
