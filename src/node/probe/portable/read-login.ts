import type { Systeminformation } from 'systeminformation';
import type { LoginRaw } from '../../../shared/series/raw/login.ts';
import { toldText, type PortableSources } from './portable-sources.ts';

type Session = LoginRaw['sessions'][number];

/** Who is logged in, by who(1) and w(1), or the explorers that run on Windows. */
export async function readPortableLogin({ library }: PortableSources): Promise<LoginRaw> {
  const users = await library.users();
  return { sessions: users.filter(({ user }) => toldText(user) !== null).map(deriveSession) };
}

function deriveSession({ user, tty, ip, date, time }: Systeminformation.UserData): Session {
  const terminal = toldText(tty);
  return {
    id: `${terminal ?? '?'} ${user}`,
    user,
    terminal,
    remoteHost: toldText(ip),
    kind: deriveKind(terminal),
    startedWallMs: parseLocalTime(date, time),
    leaderPid: null,
  };
}

/** Sessions of Windows are `console` or `rdp-tcp#1`; those of macOS `console`, `ttys001`. */
function deriveKind(terminal: string | null): Session['kind'] {
  if (terminal === null) return 'other';
  if (/^(console|rdp-)/i.test(terminal)) return 'graphical';
  return /^(tty|pts)/.test(terminal) ? 'terminal' : 'other';
}

/** The time is the machine's own, without a zone, and to the minute on macOS. */
function parseLocalTime(date: string, time: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date ?? '') || !/^\d\d:\d\d(:\d\d)?$/.test(time ?? '')) return null;
  const wallMs = Date.parse(`${date}T${time}`);
  return wallMs >= 0 ? wallMs : null;
}
