import { describe, expect, it } from 'vitest';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { formatMoment } from '../../../shared/series/units.ts';
import { describeEnd, describeUse, sortDevices } from './describe-device.ts';

type Device = AccessRaw['devices'][number];

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 0, 6, 12);
const device: Device = {
  id: 'a',
  name: 'Phone',
  scope: 'view',
  createdWallMs: nowMs - 48 * hourMs,
  lastUsedWallMs: nowMs - hourMs,
  expiresWallMs: nowMs + 90 * 24 * hourMs,
  guest: false,
  connections: 0,
};

describe('sortDevices', () => {
  it('puts first who is here, then who was here last', () => {
    const devices: Device[] = [
      { ...device, id: 'long ago', lastUsedWallMs: nowMs - 9 * hourMs },
      { ...device, id: 'lately' },
      { ...device, id: 'here', lastUsedWallMs: nowMs - 99 * hourMs, connections: 2 },
    ];
    expect(sortDevices(devices).map(({ id }) => id)).toEqual(['here', 'lately', 'long ago']);
  });
});

describe('describeUse', () => {
  it('says that it is here, how often, or when it was', () => {
    expect(describeUse({ ...device, connections: 1 })).toBe('connected');
    expect(describeUse({ ...device, connections: 3 })).toBe('3 connections');
    expect(describeUse(device)).toBe(`last here ${formatMoment(device.lastUsedWallMs)}`);
  });
});

describe('describeEnd', () => {
  it('counts down what ends within a day and dates the rest', () => {
    expect(describeEnd(device, nowMs)).toBe(`ends ${formatMoment(device.expiresWallMs)}`);
    expect(describeEnd({ ...device, expiresWallMs: nowMs + 11 * hourMs }, nowMs)).toBe('ends in 11 h 0 min');
    expect(describeEnd({ ...device, guest: true, expiresWallMs: nowMs + 90_000 }, nowMs)).toBe(
      'ends in 1 min 30 s',
    );
    expect(describeEnd({ ...device, expiresWallMs: nowMs }, nowMs)).toBe('has ended');
  });
});
