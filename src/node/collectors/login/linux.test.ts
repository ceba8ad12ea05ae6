import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { loginRawSchema, type LoginRaw } from '../../../shared/series/raw/login.ts';
import { MadeMachine } from '../testing/made-machine.ts';
import { sourcesOf } from '../testing/recorded.ts';
import { createLinuxLoginCollector } from './linux.ts';
import { parseSession } from './parse-session.ts';
import { parseUtmp } from './parse-utmp.ts';

async function read(folder: string): Promise<LoginRaw['sessions']> {
  const raw = await createLinuxLoginCollector(sourcesOf(folder)).read(new AbortController().signal);
  return v.parse(loginRawSchema, raw).sessions;
}

/** One record of utmp(5), in the layout of x86-64 or that of arm64. */
function record(fields: { type?: number; pid?: number; line?: string; user?: string; host?: string; seconds?: number }, bytes = 384): Buffer {
  const { type = 7, pid = 50, line = 'pts/0', user = 'anna', host = '', seconds = 1_700_000_000 } = fields;
  const entry = Buffer.alloc(bytes);
  entry.writeInt16LE(type, 0);
  entry.writeInt32LE(pid, 4);
  entry.write(line, 8, 32);
  entry.write(user, 44, 32);
  entry.write(host, 76, 256);
  if (bytes === 384) entry.writeUInt32LE(seconds, 340);
  else entry.writeBigInt64LE(BigInt(seconds), 344);
  return entry;
} // prettier-ignore

describe('who is logged in', () => {
  it('is told by the login manager, but for greeters, managers and those who have gone', async () => {
    expect(await read('debian-13-desktop')).toEqual([
      { id: '2', user: 'anna', terminal: 'tty2', remoteHost: null, kind: 'graphical', startedWallMs: 1_763_900_123_456, leaderPid: 2214 },
      { id: '14', user: 'bert', terminal: 'pts/1', remoteHost: '192.168.1.23', kind: 'terminal', startedWallMs: 1_763_990_000_000, leaderPid: 9001 },
    ]); // prettier-ignore
  });

  it('is told by utmp without one, but for processes that have ended', async () => {
    expect(await read('debian-10-laptop')).toEqual([
      { id: ':0', user: 'clara', terminal: ':0', remoteHost: null, kind: 'graphical', startedWallMs: 1_577_836_900_000, leaderPid: 1612 },
      { id: 'pts/0', user: 'dieter', terminal: 'pts/0', remoteHost: '10.0.0.7', kind: 'terminal', startedWallMs: 1_577_840_000_000, leaderPid: 4411 },
    ]); // prettier-ignore
  });

  it('is nobody where the manager has no session, and not known where nothing keeps a list', async () => {
    using machine = new MadeMachine({ 'run/systemd/sessions/1.ref': '' });
    expect(await read(machine.folder)).toEqual([]);
    using bare = new MadeMachine({ 'run/x': '' });
    const collector = createLinuxLoginCollector(sourcesOf(bare.folder));
    expect(await collector.probe()).toMatchObject({ status: 'unsupported' });
    await expect(read(bare.folder)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a session', () => {
  it('has what its file says, quoted or not, and no figure that is none', () => {
    const text =
      'USER="an\\"na"\nTYPE=tty\nCLASS=user-early\nSEAT=seat0\nLEADER=-4\nREALTIME=soon\nDESKTOP=\n';
    expect(parseSession('7', text)).toEqual({ id: '7', user: 'an"na', terminal: 'seat0', remoteHost: null, kind: 'terminal', startedWallMs: null, leaderPid: null }); // prettier-ignore
  });

  it.each(['', 'USER=\n', 'TYPE=x11\n', '\0\0\0', 'user=anna\n'])('is none without a user: %j', (text) => {
    expect(parseSession('1', text)).toBeNull();
  });

  it('is read from a file and never from a pipe, whatever it is called', async () => {
    using machine = new MadeMachine({ 'run/systemd/sessions/<img>': 'USER=eve\n', 'run/systemd/sessions/$(touch x)': 'USER=eve\n', 'run/systemd/sessions/5': 'USER=<img src=x>\nTYPE=web\n' }); // prettier-ignore
    machine.putPipe('run/systemd/sessions/6');
    expect(await read(machine.folder)).toMatchObject([{ id: '5', user: '<img src=x>', kind: 'other' }]);
  });
});

describe('utmp', () => {
  const recorded = readFileSync(join(import.meta.dirname, '../fixtures/debian-10-laptop/run/utmp'));

  it('has records of 384 bytes or 400, which its size tells on any machine', () => {
    for (const architecture of ['x64', 'arm64']) {
      expect(parseUtmp(recorded, architecture).map(({ user }) => user)).toEqual(['clara', 'dieter', 'gone']);
      const narrow = Buffer.concat([record({ type: 2 }), record({ user: 'eva', host: '::1' }), record({ line: 'tty3' })]); // prettier-ignore
      expect(parseUtmp(narrow, architecture)).toMatchObject([
        { user: 'eva', remoteHost: '::1', startedWallMs: 1_700_000_000_000 },
        { user: 'anna', terminal: 'tty3', kind: 'terminal' },
      ]);
    }
  });

  it('is of the machine’s own layout where its size would do for both', () => {
    const wide = Buffer.concat(Array.from({ length: 24 }, (_, place) => record({ type: place === 0 ? 7 : 0 }, 400))); // prettier-ignore
    expect(parseUtmp(wide, 'arm64')).toMatchObject([{ startedWallMs: 1_700_000_000_000 }]);
  });

  it('keeps times until 2106', () => {
    expect(parseUtmp(record({ seconds: 2 ** 32 - 1 }), 'x64')[0]?.startedWallMs).toBe((2 ** 32 - 1) * 1_000);
  });

  it('is nobody where it is empty, cut off, of no user or of no process', () => {
    expect(parseUtmp(Buffer.alloc(0), 'x64')).toEqual([]);
    expect(parseUtmp(record({}).subarray(0, 383), 'x64')).toEqual([]);
    expect(parseUtmp(Buffer.concat([record({ user: '' }), record({ pid: 0 }), record({ pid: -7 })]), 'x64')).toEqual([]); // prettier-ignore
    expect(parseUtmp(Buffer.alloc(38_400, 0xff), 'x64')).toEqual([]);
  });

  it('reads fields that are full to their last byte', () => {
    const [session] = parseUtmp(record({ line: 'l'.repeat(32), user: 'u'.repeat(32), host: 'h'.repeat(256) }), 'x64'); // prettier-ignore
    expect(session).toMatchObject({ terminal: 'l'.repeat(32), user: 'u'.repeat(32), remoteHost: 'h'.repeat(256) }); // prettier-ignore
  });
});
