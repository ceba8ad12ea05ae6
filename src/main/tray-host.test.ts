import { describe, expect, it } from 'vitest';
import { findTrayHost, type RunProgram } from './tray-host.ts';

const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' };
const answers =
  (replies: Record<string, string>): RunProgram =>
  async (program) =>
    replies[program] ?? null;

describe('findTrayHost', () => {
  it.each([
    ['gdbus', '(true,)\n', true],
    ['gdbus', '(false,)\n', false],
    ['dbus-send', 'method return time=1.5 sender=org.freedesktop.DBus\n   boolean true\n', true],
    ['dbus-send', 'method return time=1.5 sender=org.freedesktop.DBus\n   boolean false\n', false],
    ['busctl', 'b true\n', true],
  ])('reads the answer of %s: %j', async (program, reply, expected) => {
    expect(await findTrayHost('linux', bus, answers({ [program]: reply }))).toBe(expected);
  });

  it('is no where nobody can be asked', async () => {
    expect(await findTrayHost('linux', bus, answers({}))).toBe(false);
  });

  it('asks nobody where there is no session bus', async () => {
    const run: RunProgram = () => Promise.reject(new Error('asked'));
    expect(await findTrayHost('linux', {}, run)).toBe(false);
  });

  it.each(['darwin', 'win32'] as const)('is yes on %s', async (platform) => {
    expect(await findTrayHost(platform, {}, answers({}))).toBe(true);
  });
});
