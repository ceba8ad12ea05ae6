import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { readNames, readSmallFile, readSmallNumber } from '../small-file.ts';

/** One energy counter of the processor. */
export interface PowercapZone {
  readonly id: string;
  readonly label: string;
  readonly file: string;
  readonly wrapsAtJoules: number | null;
  /** Whether this user may not read it. */
  readonly isForbidden: boolean;
}

/**
 * What makes the energy counters readable, until the next start of the machine. Kernels since 5.10 keep them to root,
 * because a program that reads them fast can guess at what others compute (CVE-2020-8694).
 */
export const energyRemedy =
  'Run `sudo chmod a+r /sys/class/powercap/*/energy_uj`; to keep it after a restart, put ' +
  '`SUBSYSTEM=="powercap", ACTION=="add", RUN+="/bin/chmod a+r /sys%p/energy_uj"` into ' +
  '/etc/udev/rules.d/70-energy-counters.rules. The kernel keeps these counters to root because a hostile program of ' +
  'this machine could guess secrets of others from them.';

/** The zones of Documentation/power/powercap/powercap.rst. Their second view through memory is left out. */
export function findPowercapZones(sysRoot: string): PowercapZone[] {
  const root = join(sysRoot, 'class/powercap');
  const name = (id: string): string => readSmallFile(join(root, id, 'name'), 256) || id;
  const zones = readNames(root).filter((id) => /^intel-rapl:\d+(:\d+)?$/.test(id));
  return zones.sort().flatMap((id) => {
    const file = join(root, id, 'energy_uj');
    const error = findAccessError(file);
    if (error !== null && error !== 'EACCES' && error !== 'EPERM') return [];
    const parent = /^(.*:\d+):\d+$/.exec(id)?.[1];
    const wrapsAt = readSmallNumber(join(root, id, 'max_energy_range_uj'));
    return [
      {
        id,
        label: parent === undefined ? name(id) : `${name(parent)} ${name(id)}`,
        file,
        wrapsAtJoules: wrapsAt ? wrapsAt / 1e6 : null,
        isForbidden: error !== null,
      },
    ];
  });
}

function findAccessError(path: string): string | null {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    return null;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code ?? 'EIO';
  }
}
