import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { auditEntrySchema, hostActor, type AuditNote } from './audit-entry.ts';
import { AuditLog, listPutAside } from './audit-log.ts';
import { readAuditLines } from './read-audit.ts';

const note = (message: string): AuditNote => ({
  event: 'pairing.opened',
  who: hostActor,
  outcome: 'done',
  message,
});

describe('the audit log', () => {
  let folder: string;
  let path: string;
  let clock: FakeClock;
  let logged: string[];
  const open = (limits: { maxBytes?: number; maxFiles?: number } = {}): AuditLog =>
    new AuditLog({ path, clock, log: (_, message) => void logged.push(message), ...limits });
  const messages = async (count = 1_000): Promise<unknown[]> =>
    (await readAuditLines(path, count)).map((line) => v.parse(auditEntrySchema, JSON.parse(line)).message);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pulsewire-audit-'));
    path = join(folder, 'audit.log');
    clock = new FakeClock();
    logged = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps lines in the order in which they were given, however many come at once', async () => {
    const log = open();
    const wanted = Array.from({ length: 50 }, (_, index) => String(index));
    await Promise.all(wanted.map((message) => log.write(note(message))));
    expect(await messages()).toEqual(wanted);
    expect(await messages(2)).toEqual(['48', '49']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('puts a full file aside and keeps so many, the oldest lines going first', async () => {
    const log = open({ maxBytes: 1_000, maxFiles: 3 });
    for (let index = 0; index < 40; index++) {
      await clock.advance(10);
      await log.write(note(String(index)));
    }
    expect(readdirSync(folder)).toHaveLength(3);
    for (const name of readdirSync(folder)) {
      const { size, mode } = statSync(join(folder, name));
      expect(size).toBeLessThanOrEqual(1_000);
      expect(mode & 0o777).toBe(0o600);
    }
    const kept = await messages();
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => String(40 - kept.length + index)));
    expect(kept.length).toBeGreaterThan(8);
    expect(await listPutAside(path)).toHaveLength(2);
  });

  it('loses no line of two writers who put files aside at the same time', async () => {
    const [one, two] = [
      open({ maxBytes: 2_000, maxFiles: 1_000 }),
      open({ maxBytes: 2_000, maxFiles: 1_000 }),
    ];
    const wanted = Array.from({ length: 200 }, (_, index) => String(index));
    await Promise.all(wanted.map((message, index) => (index % 2 ? one : two).write(note(message))));
    expect((await messages()).map(Number).sort((a, b) => a - b)).toEqual(wanted.map(Number));
    expect(logged).toEqual([]);
  });

  it('says in the host’s own log what it could not keep, and hangs on no pipe', async () => {
    mkdirSync(path);
    await open().note(note('a'));
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);
    await open().note(note('b'));
    await expect(open().write(note('c'))).rejects.toMatchObject({ code: 'io' });
    expect(logged).toHaveLength(2);
    expect(logged[0]).toContain('Not on record (pairing.opened)');
  });

  it('writes names as plain letters, and is for its owner alone even where it was not', async () => {
    await open().write(note('a'));
    chmodSync(path, 0o644);
    await open().write({ ...note('\u202e\u001b[2J\u009b'), who: { ...hostActor, name: 'a\nb' } });
    expect(readFileSync(path, 'latin1')).toMatch(/^[\x20-\x7e]+\n[\x20-\x7e]+\n$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await messages()).toEqual(['a', '\u202e\u001b[2J\u009b']);
  });

  it('has no lines where there is no log', async () => {
    expect(await readAuditLines(join(folder, 'none', 'audit.log'), 10)).toEqual([]);
  });
});
