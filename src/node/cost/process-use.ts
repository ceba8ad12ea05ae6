import { join } from 'node:path';
import { readSmallFile } from '../collectors/small-file.ts';

/** What one process has used, from /proc/PID/stat. */
export interface ProcessUse {
  /** As the kernel has it: anybody's text. */
  readonly name: string;
  readonly cpuMs: number;
  /** Of its children that have ended and were waited for, with theirs. */
  readonly childCpuMs: number;
  readonly residentPages: number;
}

/** USER_HZ, in which /proc counts time: 100 on every architecture that Node runs on. */
const msPerTick = 10;

/** Reads the use of a process; null where it has gone or this platform has no /proc. */
export function readProcessUse(procRoot: string, pid: number | 'self'): ProcessUse | null {
  const text = readSmallFile(join(procRoot, String(pid), 'stat'), 4096);
  return text === null ? null : parseProcessUse(text);
}

/** Parses fields 14 to 17 and 24 of /proc/PID/stat (proc_pid_stat(5)); null where they are not there. */
export function parseProcessUse(text: string): ProcessUse | null {
  // A name may hold anything, spaces and brackets too: fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system, childUser, childSystem, residentPages] = [11, 12, 13, 14, 21].map((at) =>
    /^\d{1,15}$/.test(fields[at] ?? '') ? Number(fields[at]) : NaN,
  ) as [number, number, number, number, number];
  const figures = {
    cpuMs: (user + system) * msPerTick,
    childCpuMs: (childUser + childSystem) * msPerTick,
    residentPages,
  };
  if (Object.values(figures).some(Number.isNaN)) return null;
  return { name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')), ...figures };
}

/** What a process has caused to be written to disk, in bytes, from /proc/PID/io; null where it may not be read. */
export function readWrittenBytes(procRoot: string, pid: number | 'self'): number | null {
  const text = readSmallFile(join(procRoot, String(pid), 'io'), 4096);
  const written = /^write_bytes: (\d{1,15})$/m.exec(text ?? '')?.[1];
  return written === undefined ? null : Number(written);
}
