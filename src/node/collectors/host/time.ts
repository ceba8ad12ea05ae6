import { join } from 'node:path';
import type { HostRaw } from '../../../shared/series/raw/host.ts';
import { isThere, readLinkTarget, readSmallFile } from '../small-file.ts';

/** Daemons that keep a file with their number, and the name that the process then has. */
const daemons: readonly (readonly [file: string, process: string])[] = [
  ['chrony/chronyd.pid', 'chronyd'],
  ['chronyd.pid', 'chronyd'],
  ['ntpd.pid', 'ntpd'],
  ['ntp.pid', 'ntpd'],
  ['ntpsec/ntpd.pid', 'ntpd'],
];

/**
 * Whether and by whom the clock is kept right. systemd-timesyncd leaves a mark once it has set the clock; of chronyd
 * and ntpd it can only be told that they run, since asking them takes a program each. Null where none is found.
 */
export function readTimeSynchronization(procRoot: string, runRoot: string): HostRaw['timeSynchronization'] {
  const timesync = join(runRoot, 'systemd/timesync');
  if (isThere(timesync)) {
    return { synchronized: isThere(join(timesync, 'synchronized')), service: 'systemd-timesyncd' };
  }
  for (const [file, name] of daemons) {
    const pid = readSmallFile(join(runRoot, file), 32);
    // The file may be one that a crash has left.
    if (pid && /^\d+$/.test(pid) && readSmallFile(join(procRoot, pid, 'comm'), 64) === name) {
      return { synchronized: null, service: name };
    }
  }
  return null;
}

/** The machine's zone by its IANA name (localtime(5), where no file means UTC); null where only its rules are there. */
export function readTimeZone(etcRoot: string): string | null {
  const localtime = join(etcRoot, 'localtime');
  const linked = /\/zoneinfo\/(?:posix\/|right\/)?([\w+\-/]+)$/.exec(readLinkTarget(localtime) ?? '')?.[1];
  if (linked) return linked;
  const written = readSmallFile(join(etcRoot, 'timezone'), 256);
  if (written && /^[\w+\-/]+$/.test(written)) return written;
  return isThere(etcRoot) && !isThere(localtime) ? 'UTC' : null;
}
