import type { LoginRaw } from '../../../shared/series/raw/login.ts';

export type LoginSession = LoginRaw['sessions'][number];

const graphicalTypes: readonly string[] = ['x11', 'wayland', 'mir'];

/**
 * Parses a file of /run/systemd/sessions, by which sd_login(3) answers: NAME=value a line. Null for what is no person's
 * login (a greeter, the service manager of a user, a background job), and for one that has ended but for what it left.
 */
export function parseSession(id: string, text: string): LoginSession | null {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^([A-Z_]+)=(.*)$/.exec(line);
    if (match) fields.set(match[1]!, unquote(match[2]!));
  }
  const of = (name: string): string | null => fields.get(name) || null;
  const user = of('USER');
  // Before it had classes, it knew persons only.
  if (user === null || !(of('CLASS') ?? 'user').startsWith('user') || of('STATE') === 'closing') return null;
  const type = of('TYPE');
  const [leader, started] = [of('LEADER'), of('REALTIME')];
  return {
    id,
    user,
    terminal: of('TTY') ?? of('SEAT'),
    remoteHost: of('REMOTE_HOST'),
    kind:
      type === null
        ? 'other'
        : graphicalTypes.includes(type)
          ? 'graphical'
          : type === 'tty'
            ? 'terminal'
            : 'other',
    startedWallMs: toCount(started, 1_000),
    leaderPid: toCount(leader, 1),
  };
}

function toCount(text: string | null, divisor: number): number | null {
  return text !== null && /^\d{1,17}$/.test(text) ? Math.floor(Number(text) / divisor) : null;
}

function unquote(text: string): string {
  const inner = /^"(.*)"$/.exec(text)?.[1];
  return (inner?.replaceAll(/\\(.)/g, '$1') ?? text).slice(0, 4_096);
}
