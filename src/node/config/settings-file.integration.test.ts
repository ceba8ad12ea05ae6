import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { SettingsFile } from './settings-file.ts';

let folder: string;
let path: string;
let scope: TaskScope;
let logged: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-settings-'));
  path = join(folder, 'config.json');
  scope = new TaskScope('test', { clock: systemClock });
  logged = [];
});
afterEach(async () => {
  expect((await scope.close('The test is over.')).notStopped).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

async function open(text: string | null, isStrict = false): Promise<SettingsFile> {
  if (text !== null) await writeFile(path, text);
  const log = (level: string, message: string): void => void logged.push(`${level}: ${message}`);
  return SettingsFile.open({ path, clock: systemClock, log, isStrict });
}

/** Resolves when the file has been taken in once more. */
function nextChange(file: SettingsFile): Promise<void> {
  return new Promise((resolve) => {
    const stop = file.onChange(() => {
      stop();
      resolve();
    });
  });
}

const theme = { path: ['view', 'theme'], value: 'dark' };

describe('a settings file that is followed', () => {
  it('is in force as soon as it was written, in place or as another file that takes its name', async () => {
    const file = await open('{"view": {"theme": "light"}}');
    await file.watch(scope);
    let changed = nextChange(file);
    await writeFile(path, '{"view": {"theme": "dark"}}');
    await changed;
    expect(file.current().view?.theme).toBe('dark');

    for (const share of [0.01, 0.05]) {
      changed = nextChange(file);
      await writeFile(`${path}~`, `{"budget": {"cpuShare": ${share}}}`);
      await rename(`${path}~`, path);
      await changed;
      expect([file.current().budget?.cpuShare, file.current().view]).toEqual([share, undefined]);
    }
    expect(file.needRestart()).toEqual([]);
  });

  it('names a bad value by line and column, leaves it alone, and goes on with the value before', async () => {
    const file = await open('{"budget": {"cpuShare": 0.01}, "port": 1}');
    await file.watch(scope);
    let changed = nextChange(file);
    const text = '{\n  "budget": {"cpuShare": "2 %"},\n  "port": 2\n}';
    await writeFile(path, text);
    await changed;
    expect(file.current()).toMatchObject({ budget: { cpuShare: 0.01 }, port: 2 });
    expect(file.problems()).toEqual([
      { key: 'budget.cpuShare', line: 2, column: 26, message: 'must be a number or null, for no limit' },
    ]);
    expect(logged).toEqual([
      expect.stringMatching(/line 2, column 26: "budget.cpuShare" must be .+ left alone/),
    ]);
    expect(file.needRestart()).toEqual(['port']);

    await file.change([theme]);
    expect(await readFile(path, 'utf8')).toContain('"cpuShare": "2 %"},\n  "port": 2');
    expect(file.problems()).toHaveLength(1);
    expect(logged).toHaveLength(1);

    changed = nextChange(file);
    await writeFile(path, '{"budget": {"cpuShare": 0.05}, "port": 1}');
    await changed;
    expect([file.problems(), file.needRestart()]).toEqual([[], []]);
  });

  it('leaves everything in force while the file is no JSON, changes nothing in it, and says so', async () => {
    const file = await open('{"view": {"theme": "dark"}}');
    await file.watch(scope);
    const changed = nextChange(file);
    await writeFile(path, '{"view": {"theme": "light"}');
    await changed;
    expect(file.current().view?.theme).toBe('dark');
    expect(file.problems()).toMatchObject([{ key: '', line: 1, message: 'this is not JSON' }]);
    await expect(file.change([theme])).rejects.toThrow(/was left as it is: .*line 1: this is not JSON/);
    expect(await readFile(path, 'utf8')).toBe('{"view": {"theme": "light"}');
  });

  it('tells of its own changes once, and loses nothing that was written by hand meanwhile', async () => {
    const file = await open('{}');
    await file.watch(scope);
    const heard = vi.fn();
    file.onChange(heard);
    await file.change([theme]);
    await file.change([theme]);
    expect(heard).toHaveBeenCalledTimes(1);

    await writeFile(path, '{"port": 1234, "view": {"density": "compact"}}');
    await file.change([theme]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      port: 1234,
      view: { density: 'compact', theme: 'dark' },
    });
    expect(file.current()).toMatchObject({ port: 1234, view: { density: 'compact', theme: 'dark' } });
  });

  it('follows where its name is a link, and writes where the link leads', async () => {
    await writeFile(join(folder, 'real.json'), '{}');
    await symlink(join(folder, 'real.json'), path);
    const file = await open(null);
    await file.watch(scope);
    const changed = nextChange(file);
    await writeFile(join(folder, 'real.json'), '{"port": 7}');
    await changed;
    await file.change([theme]);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(join(folder, 'real.json'), 'utf8'))).toMatchObject({ port: 7 });
  });

  it('is as empty while it is away, and is made anew where it is needed', async () => {
    const file = await open('{"view": {"theme": "dark"}}');
    await file.watch(scope);
    const changed = nextChange(file);
    await rm(path);
    await changed;
    expect([file.current(), file.problems()]).toEqual([{}, []]);
    await file.change([theme]);
    expect(file.current().view?.theme).toBe('dark');
  });
});

describe('a settings file that is opened', () => {
  it('with something wrong in it is refused where it is to be strict, and else used but for that', async () => {
    await expect(open('{"port": "x"}', true)).rejects.toThrow('line 1, column 10: "port" must be a number');
    const file = await open('{"port": "x", "view": {"theme": "dark"}}');
    expect(file.current()).toMatchObject({ view: { theme: 'dark' } });
    expect(file.problems()).toHaveLength(1);
    expect(logged).toHaveLength(1);
  });

  it('and cannot be read is a problem like another, unless it is to be strict', async () => {
    await rm(path, { force: true });
    await symlink(path, path);
    await expect(open(null, true)).rejects.toThrow('cannot be read');
    const file = await open(null);
    expect([file.current(), file.problems()[0]?.message]).toEqual([
      {},
      expect.stringContaining('cannot be read'),
    ]);
  });

  it('is made with its schema beside it, for its owner alone, and an old schema is renewed', async () => {
    const schemaPath = join(folder, 'built.json');
    await writeFile(schemaPath, '{"title": "new"}');
    const home = join(folder, 'home');
    const options = {
      path: join(home, 'config.json'),
      clock: systemClock,
      log: () => undefined,
      isStrict: true,
    };
    const file = await SettingsFile.open({ ...options, schemaPath });
    await file.change([theme]);
    expect(JSON.parse(await readFile(options.path, 'utf8'))).toEqual({
      $schema: './config.schema.json',
      view: { theme: 'dark' },
    });
    expect((await readdir(home)).sort()).toEqual(['config.json', 'config.schema.json']);
    expect((await stat(options.path)).mode & 0o777).toBe(0o600);
    await writeFile(join(home, 'config.schema.json'), '{"title": "old"}');
    await SettingsFile.open({ ...options, schemaPath });
    expect(await readFile(join(home, 'config.schema.json'), 'utf8')).toBe('{"title": "new"}');
  });

  it('that others may read is for its owner alone once it was changed', async () => {
    const file = await open('{}');
    await chmod(path, 0o644);
    await file.change([theme]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
