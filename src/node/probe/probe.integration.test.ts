import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
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
