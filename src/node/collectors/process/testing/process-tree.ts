import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a made-up process has; the rest is that of a sleeping shell. */
export interface MadeProcess {
  readonly name?: string | Buffer;
  readonly state?: string;
  readonly parentPid?: number;
  readonly flags?: number;
  readonly cpuTicks?: number;
  readonly nice?: number;
  readonly threads?: number;
  readonly startTicks?: number;
  readonly residentPages?: number;
  readonly command?: string | Buffer;
  readonly cgroup?: string;
  readonly executable?: string;
  readonly io?: string;
  readonly statm?: string;
}

/** A file system in memory, as /proc is one: thousands of files on a disk take a while. */
const memory = '/dev/shm';

/** A folder like /proc in which tests make processes come, work and go. */
export class ProcessTree implements Disposable {
  readonly root = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'pulsewire-proc-'));

  folder(pid: number): string {
    return join(this.root, String(pid));
  }

  /** Makes the process, or writes it anew. */
  put(pid: number, made: MadeProcess = {}): void {
    const folder = this.folder(pid);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'stat'), formatStat(pid, made));
    writeFileSync(join(folder, 'cmdline'), made.command ?? '/bin/sh\0');
    writeFileSync(join(folder, 'cgroup'), made.cgroup ?? '0::/\n');
    if (made.statm !== undefined) writeFileSync(join(folder, 'statm'), made.statm);
    if (made.io !== undefined) writeFileSync(join(folder, 'io'), made.io);
    if (made.executable !== undefined) symlinkSync(made.executable, join(folder, 'exe'));
  }

  /** Overwrites what /proc/PID/stat says, in the same file: a kept descriptor sees it. */
  stat(pid: number, made: MadeProcess | string): void {
    writeFileSync(join(this.folder(pid), 'stat'), typeof made === 'string' ? made : formatStat(pid, made));
  }

  /** What a listing is skipped by: the count of tasks and the number of the newest. */
  loadavg(tasks: number, lastPid: number): void {
    writeFileSync(join(this.root, 'loadavg'), `0.00 0.01 0.05 1/${tasks} ${lastPid}\n`);
  }

  remove(pid: number): void {
    rmSync(this.folder(pid), { recursive: true });
  }

  /** How many files of the tree this process holds open. */
  countOpen(): number {
    return readdirSync('/proc/self/fd').filter((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(this.root);
      } catch {
        // The descriptor by which the folder itself was listed.
        return false;
      }
    }).length;
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A line of /proc/PID/stat as kernel 6.1 writes it. */
export function formatStat(pid: number, made: MadeProcess = {}): Buffer {
  const { name = 'sh', state = 'S', parentPid = 1, flags = 4_194_304, cpuTicks = 0, nice = 0 } = made;
  const { threads = 1, startTicks = 1_000 + pid, residentPages = 250 } = made;
  const user = Math.floor(cpuTicks / 2);
  const rest = `) ${state} ${parentPid} ${pid} ${pid} 0 -1 ${flags} 120 0 3 0 ${user} ${cpuTicks - user} 7 9 20 ${nice} ${threads} 0 ${startTicks} 2621440 ${residentPages} 18446744073709551615 94 95 140 0 0 0 0 4096 65536 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
  return Buffer.concat([Buffer.from(`${pid} (`), Buffer.from(name), Buffer.from(rest)]);
}
