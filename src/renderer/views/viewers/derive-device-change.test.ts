import { expect, it } from 'vitest';
import { deriveDeviceChange } from './derive-device-change.ts';

const device = { name: 'Phone', scope: 'view' } as const;

it('asks for nothing where nothing was changed', () => {
  expect(deriveDeviceChange(device, { ...device, name: ' Phone ', stay: 'asNow' })).toBe(null);
});

it('asks only for what was changed, so that what somebody else changes meanwhile stays', () => {
  expect(deriveDeviceChange(device, { ...device, name: 'Kitchen ', stay: 'asNow' })).toEqual({
    name: 'Kitchen',
  });
  expect(deriveDeviceChange(device, { ...device, scope: 'vitals', stay: 'guest' })).toEqual({
    scope: 'vitals',
    guestMs: 1_800_000,
  });
  expect(deriveDeviceChange(device, { ...device, stay: 'forGood' })).toEqual({ guestMs: null });
});
