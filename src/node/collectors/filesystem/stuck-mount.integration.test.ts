import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { forkProbe } from '../../probe/fork-probe.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { buildProbe } from '../../probe/testing/built-probe.ts';
import { createLinuxFilesystemCollector } from './linux.ts';

/** A file system whose server never answers, as a dead NFS server does not: FUSE with nobody reading its requests. */
const mountThatHangs = `
import ctypes, os, sys
libc = ctypes.CDLL('libc.so.6', use_errno=True)
device = os.open('/dev/fuse', os.O_RDWR)
options = f'fd={device},rootmode=40000,user_id=0,group_id=0'
if libc.mount(b'dead-server', sys.argv[1].encode(), b'fuse', 0, options.encode()) != 0: sys.exit(1)
print('mounted', flush=True)
sys.stdin.readline()
libc.umount2(sys.argv[1].encode(), 2)
`;

/** Mounting takes root and a kernel with FUSE. */
function canMount(): boolean {
  try {
    accessSync('/dev/fuse');
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    // One of them is missing here: the same is tested with a fake process beside this.
    return false;
  }
}

let entry: string;
let client: ProbeClient;
let server: ChildProcess;
let folder: string;

describe.runIf(canMount())('a mount that hangs', () => {
  beforeAll(async () => {
    entry = await buildProbe('probe-of-stuck-mount');
  });

  afterEach(async () => {
    await client[Symbol.asyncDispose]();
    if (server.exitCode === null) {
      server.stdin!.end('\n');
      await once(server, 'exit');
    }
    rmdirSync(folder);
  });

  it('shows no space, delays nobody and recovers by itself', async () => {
    folder = mkdtempSync(join(tmpdir(), 'pulsewire-stuck-'));
    let started = 0;
    client = new ProbeClient({
      clock: systemClock,
      spawnProbe: () => {
        started++;
        return forkProbe(entry);
      },
    });
    const collector = createLinuxFilesystemCollector({ clock: systemClock, procRoot: '/proc', sysRoot: '/sys' }, client); // prettier-ignore
    const read = async () => {
      const { mounts } = await collector.read(new AbortController().signal);
      return new Map(mounts.map(({ mountPoint, space }) => [mountPoint, space]));
    };
    expect((await read()).get('/')).not.toBeNull();

    server = spawn('python3', ['-c', mountThatHangs, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(server.stdout!, 'data');
    const startMs = systemClock.monotonic();
    const first = await read();
    expect(systemClock.monotonic() - startMs).toBeLessThan(2_000);
    expect(first.get(folder)).toBeNull();
    expect(first.get('/')).not.toBeNull();

    // Asked once and not again: what follows is as quick as ever.
    const secondMs = systemClock.monotonic();
    for (let turn = 0; turn < 5; turn++) expect((await read()).get('/')).not.toBeNull();
    expect(systemClock.monotonic() - secondMs).toBeLessThan(500);
    expect(client.stuck()).toEqual([`statfs ${folder}`]);
    expect(started).toBe(1);

    server.stdin!.end('\n');
    await once(server, 'exit');
    for (let turn = 0; turn < 40 && client.stuck().length > 0; turn++) await systemClock.sleep(50);
    expect(client.stuck()).toEqual([]);
    expect((await read()).has(folder)).toBe(false);
    await collector[Symbol.asyncDispose]?.();
  });
});
