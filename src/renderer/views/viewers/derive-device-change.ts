import type { AccessParams, TokenScope } from '../../../shared/protocol/index.ts';
import { guestMs } from '../access/guest-choice.tsx';

/** For how long a device is let in: as it is, as a guest from now on, or for good. */
export type Stay = 'asNow' | 'guest' | 'forGood';

export type DeviceChange = Omit<AccessParams<'device.change'>, 'id'>;

interface DeviceState {
  readonly name: string;
  readonly scope: TokenScope;
}

/** What is to be asked for, so that a device is as it was filled in; null where it is so already. */
export function deriveDeviceChange(
  device: DeviceState,
  wanted: DeviceState & { readonly stay: Stay },
): DeviceChange | null {
  const name = wanted.name.trim();
  const change: DeviceChange = {
    ...(name !== device.name && { name }),
    ...(wanted.scope !== device.scope && { scope: wanted.scope }),
    ...(wanted.stay !== 'asNow' && { guestMs: wanted.stay === 'guest' ? guestMs : null }),
  };
  return Object.keys(change).length > 0 ? change : null;
}
