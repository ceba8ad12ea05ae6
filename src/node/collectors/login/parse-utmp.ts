import type { LoginSession } from './parse-session.ts';

/** USER_PROCESS of utmp(5), and the highest type that there is. */
const userProcess = 7;
const lastType = 9;

/** `:0` or `:0.1` of X11, which is no address. */
const displayName = /^:\d+(\.\d+)?$/;

/**
 * A record is as its architecture lays it out: where 64-bit programs share the file with 32-bit ones (x86-64, POWER,
 * s390, RISC-V) its times are 32 bits wide, elsewhere (arm64, LoongArch) they have 64.
 */
const layouts = [
  { bytes: 384, startedAt: 340, wide: false },
  { bytes: 400, startedAt: 344, wide: true },
] as const;
const wideArchitectures: readonly string[] = ['arm64', 'loong64'];

/**
 * Parses /run/utmp (utmp(5)), little-endian: who is logged in by it, records of processes that have ended included. An
 * incomplete record at the end is passed over, as is what cannot be one.
 */
export function parseUtmp(bytes: Buffer, architecture: string): (LoginSession & { leaderPid: number })[] {
  const layout = findLayout(bytes, architecture);
  const sessions: (LoginSession & { leaderPid: number })[] = [];
  for (let at = 0; at + layout.bytes <= bytes.length; at += layout.bytes) {
    if (bytes.readInt16LE(at) !== userProcess) continue;
    const pid = bytes.readInt32LE(at + 4);
    const [line, user, host] = [readText(bytes, at + 8, 32), readText(bytes, at + 44, 32), readText(bytes, at + 76, 256)]; // prettier-ignore
    if (pid <= 0 || user === '') continue;
    const seconds = layout.wide ? Number(bytes.readBigInt64LE(at + layout.startedAt)) : bytes.readUInt32LE(at + layout.startedAt); // prettier-ignore
    const isDisplay = displayName.test(host) || displayName.test(line);
    sessions.push({
      id: line || String(pid),
      user,
      terminal: line || null,
      remoteHost: host === '' || displayName.test(host) ? null : host,
      kind: isDisplay ? 'graphical' : /^(tty|pts\/|console)/.test(line) ? 'terminal' : 'other',
      startedWallMs: seconds > 0 && seconds <= 2 ** 40 ? seconds * 1_000 : null,
      leaderPid: pid,
    });
  }
  return sessions;
}

/** The file's size tells; where it is a multiple of both, the architecture does. */
function findLayout(bytes: Buffer, architecture: string): (typeof layouts)[number] {
  const [narrow, wide] = layouts;
  const expected = wideArchitectures.includes(architecture) ? wide : narrow;
  const other = expected === wide ? narrow : wide;
  return fits(bytes, other.bytes) && !fits(bytes, expected.bytes) ? other : expected;
}

/** Whether it is records of this size, each with a type that there is. */
function fits(bytes: Buffer, size: number): boolean {
  if (bytes.length === 0 || bytes.length % size !== 0) return false;
  for (let at = 0; at < bytes.length; at += size) {
    const type = bytes.readInt16LE(at);
    if (type < 0 || type > lastType) return false;
  }
  return true;
}

/** Text of a field, which ends with its first zero byte or with the field. */
function readText(bytes: Buffer, at: number, length: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString('utf8', at, end < 0 || end > at + length ? at + length : end);
}
