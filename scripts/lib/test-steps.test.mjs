import { describe, expect, it } from 'vitest';
import { deriveDisplay, describeSteps, selectSteps } from './test-steps.mjs';

describe('selectSteps', () => {
  it('keeps the usual order', () => {
    expect(selectSteps('e2e, types')).toEqual(['types', 'e2e']);
    expect(selectSteps(undefined)).toEqual(['types', 'lint', 'unit', 'integration', 'pages', 'e2e', 'alone']);
  });

  it('names a step that does not exist', () => {
    expect(() => selectSteps('unit,units')).toThrow('There is no step units.');
  });
});

describe('deriveDisplay', () => {
  it('takes the display that is there', () => {
    expect(deriveDisplay({ DISPLAY: ':0' }, 'linux')).toEqual([]);
    expect(deriveDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual([]);
    expect(deriveDisplay({}, 'darwin')).toEqual([]);
  });

  it('starts a virtual one, and a session bus where there is none', () => {
    expect(deriveDisplay({}, 'linux').slice(-2)).toEqual(['dbus-run-session', '--']);
    expect(deriveDisplay({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/bus' }, 'linux')).not.toContain('--');
  });
});

describe('describeSteps', () => {
  it('hands a pattern to both runners', () => {
    const steps = describeSteps('/reports', { grep: 'gap', display: ['xvfb-run'] });
    expect(steps.unit.commands[0]?.command).toEqual(expect.arrayContaining(['--testNamePattern', 'gap']));
    expect(steps.e2e.commands[0]?.command).toEqual(expect.arrayContaining(['--grep', 'gap']));
    expect(steps.e2e.commands[0]?.command[0]).toBe('xvfb-run');
  });
});
