import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { forkProbe } from './fork-probe.ts';
import { ProbeClient, type ProbeProcess } from './probe-client.ts';
import { buildProbe } from './testing/built-probe.ts';

let entry: string;
let client: ProbeClient;
let spawned: ProbeProcess[];

beforeAll(async () => {
  entry = await buildProbe('probe-alone-under-test');
});

afterEach(async () => {
  await client?.[Symbol.asyncDispose]();
});

function open(path = entry): void {
  spawned = [];
  client = new ProbeClient({
    clock: systemClock,
    spawnProbe: () => {
      const probe = forkProbe(path);
      spawned.push(probe);
      return probe;
    },
  });
}

const ask = (path: string, deadlineMs = 5_000): Promise<unknown> =>
  client.call('statfs', { path }, { key: path, deadlineMs });

async function goes(pid: number): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    if (!isThere(pid)) return;
    await systemClock.sleep(50);
  }
  throw new Error(`Process ${pid} is still there.`);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: it has gone.
    return false;
  }
}

it('answers from a process of its own, which ends when disposed', async () => {
  open();
  expect(await ask('/')).toMatchObject({ totalBytes: expect.any(Number) });
  await expect(ask('/nonexistent')).rejects.toMatchObject({ code: 'io' });
  const { pid } = spawned[0]!;
  expect(pid).not.toBe(process.pid);
  await client[Symbol.asyncDispose]();
  await goes(pid!);
});

it('reads files, and of a pipe or a folder in the place of one says nothing', async () => {
  open();
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-files-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await writeFile(join(folder, 'temp1_input'), ' 53000\n');
  const paths = ['temp1_input', 'pipe', '.', 'missing', 'temp1_input'].map((name) => join(folder, name));
  const read = await client.call('readFiles', { paths }, { key: folder, deadlineMs: 5_000 });
  expect(read).toEqual({ texts: ['53000', null, null, null, '53000'], slowestMs: expect.any(Number) });
  await rm(folder, { recursive: true });
});

it('replaces a process that has been stopped, and recovers by itself', async () => {
  open();
  await ask('/');
  process.kill(spawned[0]!.pid!, 'SIGSTOP');
  await expect(ask('/', 300)).rejects.toMatchObject({ code: 'timeout' });
  await goes(spawned[0]!.pid!);
  expect(await ask('/proc')).toBeDefined();
  await systemClock.sleep(2_100);
  expect(await ask('/')).toBeDefined();
  expect(spawned).toHaveLength(2);
});

it('starts another after one has been killed', async () => {
  open();
  await ask('/');
  process.kill(spawned[0]!.pid!, 'SIGKILL');
  await goes(spawned[0]!.pid!);
  expect(await ask('/')).toBeDefined();
});

it('says so where the program is missing', async () => {
  open('/nonexistent/probe-process.js');
  await expect(ask('/')).rejects.toMatchObject({ code: 'unavailable' });
});

it('ends with its parent, even one that was killed', async () => {
  const parent = join(dirname(entry), 'parent.mjs');
  await writeFile(
    parent,
    `import { fork } from 'node:child_process';
    const child = fork(process.argv[2]);
    child.once('message', () => console.log(child.pid));
    setInterval(() => undefined, 1_000);`,
  );
  const host = spawn(process.execPath, [parent, entry], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = (await once(host.stdout, 'data')) as [Buffer];
  const pid = Number(printed.toString());
  expect(isThere(pid)).toBe(true);
  host.kill('SIGKILL');
  await goes(pid);
});
