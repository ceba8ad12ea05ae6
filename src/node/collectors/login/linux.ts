import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { isThere, readNames, readSmallBytes, readSmallFile } from '../small-file.ts';
import { parseSession, type LoginSession } from './parse-session.ts';
import { parseUtmp } from './parse-utmp.ts';

/** More sessions than this are not told: each is a file to read. */
const mostSessions = 500;
const message = 'This system keeps no list of who is logged in: neither /run/systemd/sessions nor /run/utmp.';

/** Reads /run/systemd/sessions; where systemd-logind has none of them, /run/utmp. */
export function createLinuxLoginCollector({ procRoot, runRoot = '/run' }: LinuxSources): Collector<'login'> {
  const folder = join(runRoot, 'systemd/sessions');
  const utmp = join(runRoot, 'utmp');
  return {
    id: 'login',
    minIntervalMs: 10_000,
    deadlineMs: 1_000,
    probe: () => (isThere(folder) || isThere(utmp) ? { status: 'ok' } : { status: 'unsupported', message }),
    read: () => {
      const sessions = readSessions(folder);
      if (sessions.length > 0) return { sessions };
      const bytes = readSmallBytes(utmp, mostSessions * 400);
      if (!bytes && !isThere(folder)) throw new MonitorError('unsupported', message);
      // Whoever lost his connection may have left a record behind.
      const alive = parseUtmp(bytes ?? Buffer.alloc(0), process.arch).filter(({ leaderPid }) => isThere(join(procRoot, String(leaderPid)))); // prettier-ignore
      return { sessions: alive.slice(0, mostSessions) };
    },
  };
}

function readSessions(folder: string): LoginSession[] {
  return readNames(folder)
    .filter((name) => /^[A-Za-z0-9]+$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, mostSessions)
    .flatMap((id) => {
      const text = readSmallFile(join(folder, id));
      return (text !== null && parseSession(id, text)) || [];
    });
}
