import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { chmod, mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, isJournalStream, type CreateLogOptions } from './create-log.ts';

let folder: string;
let said: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-log-'));
  said = '';
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wallMs = (): number => Date.UTC(2026, 10, 26, 1, 2, 3, 4);
const create = (options: Partial<CreateLogOptions> = {}) =>
  createLog({ version: '1.2.3', isJournal: false, wallMs, put: (text) => (said += text), ...options });

describe('the log of a host', () => {
  it('says words on standard error', async () => {
    const { log } = await create();
    log('info', 'It listens.');
    log('warning', 'It is slow.');
    log('error', 'It failed.');
    expect(said).toBe(
      'pulsewire: It listens.\npulsewire: warning: It is slow.\npulsewire: error: It failed.\n',
    );
  });

  it('says a JSON object a line where that is asked for', async () => {
    const { log } = await create({ format: 'json' });
    log('warning', 'two\nlines "quoted" \u001b[31m');
    const { time, ...rest } = JSON.parse(said) as { time: string };
    expect(rest).toEqual({
      level: 'warning',
      pid: process.pid,
      version: '1.2.3',
      msg: 'two\nlines "quoted" \u001b[31m',
    });
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(10_000);
    expect(said.trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  it('tells the journal how much each line matters, JSON unless words are asked for', async () => {
    const { log } = await create({ isJournal: true });
    for (const level of ['info', 'warning', 'error'] as const) log(level, level);
    const marks = said.trimEnd().split('\n').map((line) => [line.slice(0, 3), (JSON.parse(line.slice(3)) as { level: string }).level]); // prettier-ignore
    expect(marks).toEqual([['<6>', 'info'], ['<4>', 'warning'], ['<3>', 'error']]); // prettier-ignore
    said = '';
    (await create({ isJournal: true, format: 'text' })).log('error', 'one\ntwo');
    expect(said).toBe('<3>pulsewire: error: one\n<3>two\n');
  });

  it('leaves out what matters less than is wanted', async () => {
    const { log } = await create({ level: 'warning' });
    for (const level of ['info', 'warning', 'error'] as const) log(level, level);
    expect(said.match(/\w+(?=\n)/g)).toEqual(['warning', 'error']);
  });

  it('has no token and no code in any of its places', async () => {
    const token = randomBytes(32).toString('base64url');
    const path = join(folder, 'a.log');
    for (const format of ['text', 'json'] as const) {
      const { log, close } = await create({ format, file: { path } });
      log('error', `GET /?token=${token} with BCDF-GHJK failed`);
      await close();
    }
    const kept = await readFile(path, 'utf8');
    for (const text of [said, kept]) {
      expect(text.match(/\[token\] with \[code\]/g)).toHaveLength(2);
      expect(text).not.toContain(token);
      expect(text).not.toContain('BCDF');
    }
  });

  it('knows its journal by the file that standard error is', () => {
    const fd = openSync(join(folder, 'x'), 'w');
    const { dev, ino } = fstatSync(fd);
    expect(isJournalStream({ JOURNAL_STREAM: `${dev}:${ino}` }, fd)).toBe(true);
    expect(isJournalStream({ JOURNAL_STREAM: `${dev}:${ino + 1}` }, fd)).toBe(false);
    expect(isJournalStream({}, fd)).toBe(false);
    closeSync(fd);
    expect(isJournalStream({ JOURNAL_STREAM: `${dev}:${ino}` }, fd)).toBe(false);
  });
});

describe('a log file', () => {
  const path = (): string => join(folder, 'logs', 'pulsewire.log');

  it('is for its owner alone, dated, and whole once it is closed, from the first line on', async () => {
    const { log, close } = await create({ file: { path: path() } });
    log('info', 'first');
    log('warning', 'second');
    await close();
    expect(await readFile(path(), 'utf8')).toBe(
      '2026-11-26T01:02:03.004Z info    first\n2026-11-26T01:02:03.004Z warning second\n',
    );
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'logs'))).mode & 0o777).toBe(0o700);
  });

  it('is gone on with at the next start, and closed to others where it was open to them', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(path(), 'before\n');
    await chmod(path(), 0o644);
    const { log, close } = await create({ file: { path: path() } });
    log('info', 'after');
    await close();
    expect(await readFile(path(), 'utf8')).toMatch(/^before\n.* after\n$/);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  it('is rotated by size, and so many are kept', async () => {
    const { log, close } = await create({
      file: { path: path(), maxBytes: 1_000, keep: 2 },
      put: () => undefined,
    });
    for (let number = 0; number < 200; number++) log('info', `line ${number}`);
    await close();
    const names = (await readdir(join(folder, 'logs'))).sort();
    expect(names).toEqual(['pulsewire.log', 'pulsewire.log.1', 'pulsewire.log.2']);
    let kept = '';
    for (const name of names.reverse()) {
      const text = await readFile(join(folder, 'logs', name), 'utf8');
      expect(text.length).toBeLessThan(1_100);
      expect((await stat(join(folder, 'logs', name))).mode & 0o777).toBe(0o600);
      kept += text;
    }
    const numbers = [...kept.matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers).toEqual(numbers.map((_, index) => 200 - numbers.length + index));
  });

  it.each([
    ['a folder stands in its place', async () => void (await mkdir(path(), { recursive: true }))],
    ['a file stands where its folder should be', async () => writeFile(join(folder, 'logs'), '')],
  ])('that cannot be written, since %s, is said once, and standard error goes on', async (_, spoil) => {
    await spoil();
    const { log, close } = await create({ file: { path: path() } });
    log('info', 'one');
    await close();
    log('info', 'two');
    expect(said).toMatch(
      /^pulsewire: one\npulsewire: warning: The log file .* is not written any more: .*\npulsewire: two\n$/,
    );
  });
});
