import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { processDetailsSchema, type ProcessIdentity } from '../../shared/series/raw/process.ts';
import { forkProbe } from '../probe/fork-probe.ts';
import { buildProbe } from '../probe/testing/built-probe.ts';
import { SocketClient } from '../server/testing/socket-client.ts';
import { startTestServer, type TestServer } from '../server/testing/test-server.ts';
import { linuxSystem, reniceProcess, signalProcess } from './act-on-process.ts';
import { inspectProcess } from './inspect-process.ts';

const roots = { procRoot: '/proc', etcRoot: '/etc' };
/** Any user but root. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
let children: ChildProcess[];

beforeEach(() => {
  children = [];
});

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** Starts a process of the test's own, which ends with it. */
function start(command: string, args: readonly string[], options = {}): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  children.push(child);
  return child;
}

/** Start time by another road than the code's: the 22nd field, the name being without blanks. */
function identify({ pid }: ChildProcess): ProcessIdentity {
  return { pid: pid!, startTicks: Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[21]) };
}

/** Does something as a user who is not root. Files too: the system's calls of all threads are that user's. */
async function asNobody<Value>(act: () => Promise<Value> | Value): Promise<Value> {
  process.seteuid!(nobody);
  try {
    return await act();
  } finally {
    process.seteuid!(0);
  }
}

describe.runIf(process.platform === 'linux')('the details of a process', () => {
  const program = `
    const fs = require('node:fs'), net = require('node:net'), [folder] = process.argv.slice(1);
    fs.openSync(folder + '/opened');
    net.createServer().listen(folder + '/unix.sock', () => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        net.connect(server.address().port, '127.0.0.1', () => console.log(server.address().port));
      });
    });`;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pulsewire-inspect-'));
    writeFileSync(join(folder, 'opened'), 'x');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function startProgram(): Promise<{ child: ChildProcess; port: number }> {
    const env = { PATH: process.env.PATH, SECRET: 'a=b\nc', EMPTY: '' };
    const child = start(process.execPath, ['-e', program, folder], { cwd: folder, env });
    const [port] = (await once(child.stdout!, 'data')) as [Buffer];
    return { child, port: Number(port) };
  }

  it('are its command, files, sockets, memory and environment', async () => {
    const { child, port } = await startProgram();
    const details = v.parse(processDetailsSchema, await inspectProcess({ ...identify(child), ...roots }));
    expect(details).toMatchObject({
      ...identify(child),
      command: [process.execPath, '-e', program, folder],
      executable: process.execPath,
      workingFolder: folder,
      user: userInfo().username,
      nice: getPriority(child.pid),
      openFiles: { status: 'ok', truncated: false },
    });
    expect(details.cgroup).toMatch(/^\//);
    expect(details.threadCount).toBeGreaterThan(1);
    expect(details.proportionalBytes).toBeGreaterThan(1e6);
    expect(details.virtualBytes).toBeGreaterThan(details.residentBytes);
    expect(details.voluntarySwitches).toBeGreaterThan(0);
    expect(details.openFileLimit).toBeGreaterThanOrEqual(details.openFileCount!);
    const { openFiles, sockets, environment } = details;
    if (openFiles.status !== 'ok' || sockets.status !== 'ok' || environment.status !== 'ok')
      throw new Error('refused');
    expect(openFiles.entries.map(({ target }) => target)).toContain(join(folder, 'opened'));
    expect(openFiles.entries).toHaveLength(details.openFileCount!);
    const tcp = sockets.entries.filter(({ protocol }) => protocol === 'tcp');
    const own = `127.0.0.1:${port}`;
    expect(tcp).toContainEqual({ protocol: 'tcp', local: own, remote: null, state: 'LISTEN' });
    expect(tcp).toContainEqual(expect.objectContaining({ remote: own, state: 'ESTABLISHED' }));
    expect(sockets.entries).toContainEqual({ protocol: 'unix', local: join(folder, 'unix.sock'), remote: null, state: 'LISTEN' }); // prettier-ignore
    expect(environment.entries).toContainEqual({ name: 'SECRET', value: 'a=b\nc' });
    expect(environment.entries).toContainEqual({ name: 'EMPTY', value: '' });
  });

  it('stop at five hundred files, and say how many there are', async () => {
    const many = `const fs = require('node:fs'); for (let i = 0; i < 700; i++) fs.openSync('/dev/null'); setInterval(() => {}, 1e6); console.log(1)`;
    const child = start(process.execPath, ['-e', many]);
    await once(child.stdout!, 'data');
    const { openFiles, openFileCount } = await inspectProcess({ ...identify(child), ...roots });
    expect(openFileCount).toBeGreaterThan(700);
    if (openFiles.status !== 'ok') throw new Error('refused');
    expect(openFiles.entries).toHaveLength(500);
    expect(openFiles.truncated).toBe(true);
  });

  it('are refused of one that has ended, or whose number is another’s', async () => {
    const child = start('sleep', ['100']);
    const identity = identify(child);
    const other = { ...identity, startTicks: identity.startTicks + 1, ...roots };
    await expect(inspectProcess(other)).rejects.toMatchObject({ code: 'notFound' });
    child.kill();
    await once(child, 'exit');
    await expect(inspectProcess({ ...identity, ...roots })).rejects.toMatchObject({ code: 'notFound' });
  });

  it.runIf(isRoot)('say of what another user may not see what would show it', async () => {
    const { child } = await startProgram();
    const { pid } = child;
    const details = await asNobody(() => inspectProcess({ ...identify(child), ...roots }));
    expect(v.parse(processDetailsSchema, details)).toMatchObject({
      name: 'node', user: 'root', executable: null, workingFolder: null, proportionalBytes: null, readBytes: null,
      openFileCount: null,
      openFiles: { status: 'needsPermission', remedy: `sudo ls -l /proc/${pid}/fd` },
      sockets: { status: 'needsPermission', remedy: `sudo ss -tuxanp | grep pid=${pid},` },
      environment: { status: 'needsPermission', remedy: `sudo cat /proc/${pid}/environ | tr '\\0' '\\n'` },
    }); // prettier-ignore
    expect(details.command).toContain(program);
    expect(details.virtualBytes).toBeGreaterThan(0);
  });

  it('are those of a thread of the kernel too, which has little', async () => {
    const text = readFileSync('/proc/2/stat', 'utf8');
    if (!text.includes('(kthreadd)')) return;
    const startTicks = Number(text.split(' ')[21]);
    expect(await inspectProcess({ pid: 2, startTicks, ...roots })).toMatchObject({ name: 'kthreadd', command: [], executable: null, proportionalBytes: null }); // prettier-ignore
  });
});

describe.runIf(process.platform === 'linux')('a process', () => {
  it('is stopped, continued, given another priority in all its threads, and ended', async () => {
    const child = start(process.execPath, ['-e', 'setInterval(() => {}, 1e6); console.log(1)']);
    await once(child.stdout!, 'data');
    const identity = identify(child);
    const state = (): string => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ')[2]!;
    signalProcess(linuxSystem, identity, 'stop');
    await expect.poll(state).toBe('T');
    signalProcess(linuxSystem, identity, 'continue');
    await expect.poll(state).toMatch(/[RS]/);
    reniceProcess(linuxSystem, identity, 7);
    for (const thread of readTasks(child.pid!)) expect(getPriority(thread)).toBe(7);
    const exit = once(child, 'exit');
    signalProcess(linuxSystem, identity, 'end');
    expect((await exit)[1]).toBe('SIGTERM');
    expect(() => signalProcess(linuxSystem, identity, 'kill')).toThrow(`Process ${child.pid} has ended.`);
  });

  it.runIf(isRoot)('of another user is left alone, with the command that would do it', async () => {
    const child = start('sleep', ['100'], { uid: 12_345 });
    const identity = identify(child);
    const refused = expect.objectContaining({
      code: 'needsPermission',
      remedy: `sudo kill -s KILL ${child.pid}`,
    });
    const niceRefused = expect.objectContaining({ code: 'needsPermission', remedy: `sudo renice -n 3 -p $(ls /proc/${child.pid}/task)` }); // prettier-ignore
    await asNobody(() => {
      expect(() => signalProcess(linuxSystem, identity, 'kill')).toThrow(refused);
      expect(() => reniceProcess(linuxSystem, identity, 3)).toThrow(niceRefused);
    });
    expect(child.exitCode).toBeNull();
  });
});

describe.runIf(process.platform === 'linux')('a host', () => {
  let server: TestServer;
  beforeAll(async () => {
    const entry = await buildProbe('probe-of-processes');
    server = await startTestServer({}, { spawnProbe: () => forkProbe(entry) });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  async function ask(scope: 'view' | 'control', method: string, params: Record<string, unknown>) {
    const client = new SocketClient(server.port);
    await client.opened;
    client.hello(await server.token(scope));
    client.send({ type: 'request', id: 'r', method, params });
    const answer = await Promise.race([client.next('result'), client.next('error')]);
    const { methods } = (await client.next('welcome')).capabilities;
    client.socket.terminate();
    return { answer, methods };
  }

  it('ends a process for who may, once, and puts it on record', async () => {
    const child = start('sleep', ['100']);
    const identity = identify(child);
    const stale = { ...identity, startTicks: identity.startTicks - 1, action: 'kill' };
    expect((await ask('control', 'process.signal', stale)).answer).toMatchObject({ code: 'notFound' });
    expect((await ask('view', 'process.signal', { ...identity, action: 'kill' })).answer).toMatchObject({ code: 'forbidden' }); // prettier-ignore
    expect(child.exitCode).toBeNull();
    const exit = once(child, 'exit');
    const { answer, methods } = await ask('control', 'process.signal', { ...identity, action: 'end' });
    expect(answer).toEqual({ type: 'result', id: 'r', value: null });
    expect(methods).toEqual(['history.read', 'process.inspect', 'process.signal', 'process.renice']);
    expect((await exit)[1]).toBe('SIGTERM');
    const path = join(server.dataDir, 'audit.log');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as object); // prettier-ignore
    const who = { kind: 'socket', scope: 'control', name: 'test', address: '127.0.0.1' };
    expect(lines).toMatchObject([
      { event: 'process.signal', what: { wanted: 'kill' }, outcome: 'asked' },
      { outcome: 'refused', code: 'notFound', what: { wanted: 'kill', pid: child.pid } },
      { event: 'request.refused', who: { scope: 'view' }, what: { method: 'process.signal' } },
      { event: 'process.signal', what: { wanted: 'end' }, outcome: 'asked' },
      { who, what: { wanted: 'end', pid: child.pid, processName: 'sleep' }, outcome: 'done' },
    ]);
    expect(readFileSync(path, 'utf8')).not.toContain(await server.token());
  });

  it('gives the details of a process to who may, through the probe process', async () => {
    const child = start('sleep', ['100'], { argv0: 'one two' });
    const { answer } = await ask('control', 'process.inspect', { ...identify(child) });
    expect(answer).toMatchObject({ type: 'result', value: { pid: child.pid, command: ['one two', '100'] } });
    const gone = { pid: child.pid!, startTicks: 1 };
    expect((await ask('control', 'process.inspect', gone)).answer).toMatchObject({ type: 'error', code: 'notFound' }); // prettier-ignore
    expect((await ask('view', 'process.inspect', gone)).answer).toMatchObject({ code: 'forbidden' });
  });
});

function readTasks(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const count = Number(/^Threads:\s+(\d+)/m.exec(text)?.[1]);
  const tasks = Array.from({ length: 64 }, (_, index) => pid + index).filter((thread) => {
    try {
      return readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8').length > 0;
    } catch {
      return false;
    }
  });
  expect(tasks.length).toBe(count);
  return tasks;
}
