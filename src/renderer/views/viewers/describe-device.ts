import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { formatDuration, formatMoment } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';

type Device = AccessRaw['devices'][number];

/** Those that are connected first, then by their last use, the newest first. */
export function sortDevices(devices: readonly Device[]): readonly Device[] {
  return [...devices].sort(
    (a, b) =>
      Number(b.connections > 0) - Number(a.connections > 0) ||
      b.lastUsedWallMs - a.lastUsedWallMs ||
      a.name.localeCompare(b.name, 'en'),
  );
}

/** Whether it is here, or when it last was. */
export function describeUse({ connections, lastUsedWallMs }: Device): string {
  if (connections === 0) return t('viewers:device.lastHere', { time: formatMoment(lastUsedWallMs) });
  return t('viewers:device.connected', { count: connections });
}

/** When it is let in no more. `nowMs` is the host's wall time. */
export function describeEnd({ expiresWallMs, guest }: Device, nowMs: number): string {
  const leftMs = expiresWallMs - nowMs;
  if (leftMs <= 0) return t('viewers:device.ended');
  if (guest || leftMs < 24 * 3_600_000)
    return t('viewers:device.endsIn', { time: formatDuration(leftMs / 1_000) });
  return t('viewers:device.ends', { time: formatMoment(expiresWallMs) });
}
