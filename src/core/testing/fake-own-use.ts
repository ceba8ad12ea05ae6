import type { OwnUse } from '../own-use.ts';

/** A monitor's own use that a test sets. */
export function createFakeOwnUse(): OwnUse & {
  cpuMs: number;
  forks: number;
  battery: boolean;
  watching: boolean;
} {
  const ownUse = {
    cpuMs: 0,
    forks: 0,
    battery: false,
    /** Whether the event loop is watched. */
    watching: false,
    governed: () => ({ cpuMs: ownUse.cpuMs, residentBytes: 1e6, forks: ownUse.forks }),
    all: () => ({
      processes: [{ pid: 1, role: 'host', name: 'host', cpuMs: ownUse.cpuMs, residentBytes: 1e6 }],
      cpuMs: ownUse.cpuMs,
      forks: ownUse.forks,
      writtenBytes: null,
      heapUsedBytes: 1e5,
    }),
    takeDelays: () => {
      const was = ownUse.watching;
      ownUse.watching = true;
      return was ? { delayMsP50: 0, delayMsP99: 1, delayMsMax: 2 } : null;
    },
    rest: () => {
      ownUse.watching = false;
    },
    onBattery: () => ownUse.battery,
  };
  return ownUse;
}
