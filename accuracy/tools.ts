import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * What others say of this machine, by tools of procps, coreutils and sysstat. Each `run…` measures over `seconds`
 * from its start; shares are 0 to 1, sizes bytes, rates a second.
 */
const run = promisify(execFile);
const env = { ...process.env, LC_ALL: 'C', S_TIME_FORMAT: 'ISO' };

async function capture(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(file, [...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Shares of the time of one processor, as mpstat(1) names them. */
export interface ToolCpu {
  readonly cpu: string;
  readonly user: number;
  readonly system: number;
  readonly irq: number;
  readonly iowait: number;
  readonly steal: number;
  readonly idle: number;
}

interface MpstatRow extends Record<string, number | string> {
  readonly cpu: string;
}

/** `mpstat -P ALL`: all processors together ("all") and each. */
export async function runMpstat(seconds: number): Promise<ToolCpu[]> {
  const text = await capture('mpstat', ['-P', 'ALL', '-o', 'JSON', String(seconds), '1']);
  const parsed = JSON.parse(text) as { sysstat: { hosts: { statistics: { 'cpu-load': MpstatRow[] }[] }[] } };
  const rows = parsed.sysstat.hosts[0]?.statistics[0]?.['cpu-load'] ?? [];
  const share = (row: MpstatRow, ...names: string[]): number =>
    names.reduce((sum, name) => sum + Number(row[name]), 0) / 100;
  return rows.map((row) => ({
    cpu: row.cpu,
    user: share(row, 'usr', 'nice', 'guest', 'gnice'),
    system: share(row, 'sys'),
    irq: share(row, 'irq', 'soft'),
    iowait: share(row, 'iowait'),
    steal: share(row, 'steal'),
    idle: share(row, 'idle'),
  }));
}

/** One disk as iostat(1) has it. */
export interface ToolDisk {
  readonly name: string;
  readonly readOperations: number;
  readonly writeOperations: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly readAwaitMs: number;
  readonly writeAwaitMs: number;
  readonly queueLength: number;
  readonly busy: number;
}

/** `iostat -x`, without its first report, which is since the boot. */
export async function runIostat(seconds: number): Promise<ToolDisk[]> {
  const text = await capture('iostat', ['-x', '-y', '-d', '-o', 'JSON', String(seconds), '1']);
  const parsed = JSON.parse(text) as {
    sysstat: { hosts: { statistics: { disk: Record<string, number | string>[] }[] }[] };
  };
  const rows = parsed.sysstat.hosts[0]?.statistics[0]?.disk ?? [];
  return rows.map((row) => ({
    name: String(row['disk_device']),
    readOperations: Number(row['r/s']),
    writeOperations: Number(row['w/s']),
    readBytes: Number(row['rkB/s']) * 1024,
    writtenBytes: Number(row['wkB/s']) * 1024,
    readAwaitMs: Number(row['r_await']),
    writeAwaitMs: Number(row['w_await']),
    queueLength: Number(row['aqu-sz']),
    busy: Number(row['util']) / 100,
  }));
}

/** One interface as sar(1) has it. */
export interface ToolInterface {
  readonly name: string;
  readonly rxPackets: number;
  readonly txPackets: number;
  readonly rxBytes: number;
  readonly txBytes: number;
}

/** `sar -n DEV`, its average over the whole time. */
export async function runSar(seconds: number): Promise<ToolInterface[]> {
  const text = await capture('sar', ['-n', 'DEV', String(seconds), '1']);
  return readColumns(text.split('\n').filter((line) => line.startsWith('Average:'))).map((row) => ({
    name: row['IFACE'] ?? '',
    rxPackets: Number(row['rxpck/s']),
    txPackets: Number(row['txpck/s']),
    rxBytes: Number(row['rxkB/s']) * 1024,
    txBytes: Number(row['txkB/s']) * 1024,
  }));
}

/** One process as pidstat(1) has it; `cpu` is a share of one core. */
export interface ToolProcess {
  readonly pid: number;
  readonly command: string;
  readonly cpu: number;
}

/** `pidstat -u` of every process. */
export async function runPidstat(seconds: number): Promise<ToolProcess[]> {
  const text = await capture('pidstat', ['-u', '-p', 'ALL', String(seconds), '1']);
  return readColumns(text.split('\n').filter((line) => line.startsWith('Average:'))).map((row) => ({
    pid: Number(row['PID']),
    command: row['Command'] ?? '',
    cpu: Number(row['%CPU']) / 100,
  }));
}

/** `free -b`. */
export interface ToolMemory {
  readonly total: number;
  readonly used: number;
  readonly available: number;
  readonly swapTotal: number;
}

export async function runFree(): Promise<ToolMemory> {
  const lines = (await capture('free', ['-b'])).split('\n');
  const numbers = (start: string): number[] =>
    (lines.find((line) => line.startsWith(start)) ?? '').split(/\s+/).slice(1).map(Number);
  const [total = NaN, used = NaN, , , , available = NaN] = numbers('Mem:');
  const [swapTotal = NaN] = numbers('Swap:');
  return { total, used, available, swapTotal };
}

/** One file system as df(1) has it. */
export interface ToolFilesystem {
  readonly mountPoint: string;
  readonly total: number;
  readonly used: number;
  readonly available: number;
}

/** `df -B1` of these mount points. */
export async function runDf(mountPoints: readonly string[]): Promise<ToolFilesystem[]> {
  const text = await capture('df', ['-B1', '--output=size,used,avail,target', ...mountPoints]);
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, total, used, available, mountPoint = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return { mountPoint, total: Number(total), used: Number(used), available: Number(available) };
    });
}

/** Lines of which the first of each run names the columns. The last column may hold blanks. */
function readColumns(lines: readonly string[]): Record<string, string>[] {
  const [head = '', ...rest] = lines;
  const names = head.trim().split(/\s+/);
  return rest
    .filter((line) => line.trim() !== head.trim())
    .map((line) => {
      const cells = line.trim().split(/\s+/);
      const own = [...cells.slice(0, names.length - 1), cells.slice(names.length - 1).join(' ')];
      return Object.fromEntries(names.map((name, at) => [name, own[at] ?? '']));
    });
}
