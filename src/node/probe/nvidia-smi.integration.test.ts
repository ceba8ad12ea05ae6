import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { forkProbe } from './fork-probe.ts';
import { NvidiaSmi } from './nvidia-smi.ts';
import { ProbeClient } from './probe-client.ts';
import { buildProbe } from './testing/built-probe.ts';

const cards = (busy: number): string =>
  [`00000000:01:00.0, ${busy}, 1234, 10240, 61, 187.42, 320.00, 1710, 2100, 9501, 45, GeForce`, '00000000:02:00.0, [N/A], 1, 2, 3, [N/A], [N/A], 4, 5, 6, [N/A], Tesla'].join('\n'); // prettier-ignore
let folder: string;
let path: string;
let clock: FakeClock;
let children: readonly number[];
let smi: NvidiaSmi;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-nvidia-'));
  path = join(folder, 'nvidia-smi');
  clock = new FakeClock();
  children = [];
  smi = new NvidiaSmi(clock, (pids) => (children = pids));
});

afterEach(async () => {
  smi.kill();
  await until(() => children.length === 0);
  rmSync(folder, { recursive: true });
});

/** A tool that notes each of its starts with its arguments, and then does this. */
function install(script: string): void {
  const starts = join(folder, 'starts');
  writeFileSync(path, `#!/bin/sh\necho "$$ $*" >> ${starts}\n${script}\n`, { mode: 0o755 });
}

const starts = (): string[] => {
  const file = join(folder, 'starts');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; !isSo(); turn++) {
    if (turn === 500) throw new Error('It never came to be.');
    await systemClock.sleep(10);
  }
}

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie has ended.
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // ESRCH, or ENOENT a moment later: it has gone.
    return false;
  }
};
const ask = () => smi.read({ path });
const hangs = "trap '' TERM; while :; do sleep 0.05; done";

describe.runIf(process.platform === 'linux')('the tool of NVIDIA', () => {
  it('is started once, without a shell, for any number of readings, and tells of every card', async () => {
    install(`while :; do printf '%s\\n' '${cards(5).replace('\n', "' '")}'; sleep 0.05; done`);
    expect((await ask()).map(({ id, busy, name }) => [id, busy, name])).toEqual([
      ['0000:01:00.0', 0.05, 'GeForce'],
      ['0000:02:00.0', null, 'Tesla'],
    ]);
    for (let turn = 0; turn < 20; turn++) {
      await clock.advance(1_000);
      await systemClock.sleep(10);
      expect(await ask()).toHaveLength(2);
    }
    expect(starts()).toHaveLength(1);
    expect(starts()[0]).toContain('--query-gpu=pci.bus_id,utilization.gpu,');
    expect(starts()[0]).toContain('--format=csv,noheader,nounits -l 2');
  });

  it('is killed when it falls silent and ignores SIGTERM, fails once with timeout, and is started anew', async () => {
    install(`printf '%s\\n' '${cards(7).split('\n')[0]!}'; ${hangs}`);
    expect(await ask()).toHaveLength(1);
    const [pid] = children;
    // What it said last holds for six seconds.
    await clock.advance(5_000);
    expect(await ask()).toHaveLength(1);
    await clock.advance(7_000);
    await until(() => !isThere(pid!));
    await expect(ask()).rejects.toMatchObject({ code: 'timeout' });
    expect(await ask()).toMatchObject([{ busy: 0.07 }]);
    expect(starts()).toHaveLength(2);
  });

  it('is killed when it says nothing from the start, while nobody waits for longer than 3 s', async () => {
    install(hangs);
    const first = ask().catch((thrown: Error) => thrown.message);
    await until(() => starts().length === 1);
    const [pid] = children;
    await clock.advance(3_000);
    expect(await first).toBe('nvidia-smi has said nothing yet.');
    await clock.advance(19_000);
    await until(() => !isThere(pid!));
    await expect(ask()).rejects.toMatchObject({ code: 'timeout' });
  });

  it('that says only garbage is one that says nothing', async () => {
    install(
      "while :; do head -c 3000 /dev/urandom; echo '<img src=x onerror=alert(1)>,,,,,,,,,,,'; sleep 0.05; done",
    );
    const first = ask().catch((thrown: Error) => thrown.message);
    await until(() => starts().length === 1);
    await systemClock.sleep(100);
    await clock.advance(3_000);
    expect(await first).toBe('nvidia-smi has said nothing yet.');
    await clock.advance(19_000);
    await expect(ask()).rejects.toMatchObject({ code: 'timeout' });
  });

  it('that ends by itself is started again ever more seldom, and what it said is passed on', async () => {
    install('echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."; exit 9');
    await expect(ask()).rejects.toThrow('nvidia-smi ended: NVIDIA-SMI has failed');
    for (let second = 0; second < 62; second++) {
      await clock.advance(1_000);
      const outcome = ask().catch(() => null);
      if (clock.sleeping > 0) await until(() => children.length === 0);
      await outcome;
    }
    // After 2, 4, 8, 16 and 32 seconds.
    expect(starts()).toHaveLength(6);
  });

  it.each([
    ['gently', ''],
    ['by force where it does not listen', `trap 'echo asked >> "$0.asked"' TERM; `],
  ])('is ended %s when nobody asks any more', async (_, trap) => {
    install(`${trap}while :; do printf '%s\\n' '${cards(1).split('\n')[0]!}'; sleep 0.02; done`);
    await ask();
    const [pid] = children;
    for (let second = 0; second < 29; second++) {
      await clock.advance(1_000);
      await systemClock.sleep(30);
    }
    expect(isThere(pid!)).toBe(true);
    await clock.advance(2_000);
    await systemClock.sleep(100);
    expect(isThere(pid!)).toBe(trap !== '');
    expect(existsSync(`${path}.asked`)).toBe(trap !== '');
    await clock.advance(1_000);
    await until(() => !isThere(pid!) && children.length === 0);
  });

  it('that is not there at all fails in words', async () => {
    await expect(ask()).rejects.toThrow(/nvidia-smi ended: spawn .* ENOENT/);
  });

  it('ends with the probe process, even where that is killed and it ignores SIGTERM and the end of its pipe', async () => {
    install(`trap '' TERM PIPE; printf '%s\\n' '${cards(3).split('\n')[0]!}'; ${hangs}`);
    const entry = await buildProbe('probe-of-nvidia');
    const client = new ProbeClient({ clock: systemClock, spawnProbe: () => forkProbe(entry) });
    const found = await client.call('nvidiaSmi', { path }, { key: path, deadlineMs: 10_000 });
    expect(found).toMatchObject([{ id: '0000:01:00.0', busy: 0.03 }]);
    const pid = Number(starts()[0]!.split(' ')[0]);
    expect(isThere(pid)).toBe(true);
    await client[Symbol.asyncDispose]();
    await until(() => !isThere(pid));
  });
});
