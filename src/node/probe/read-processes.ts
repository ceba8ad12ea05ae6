import { cpus, uptime } from 'node:os';
import si from 'systeminformation';
import { commandLength, type ProcessRaw } from '../../shared/series/raw/process.ts';

type Listed = Pick<
  si.Systeminformation.ProcessesProcessData,
  | 'pid'
  | 'parentPid'
  | 'name'
  | 'cpu'
  | 'memRss'
  | 'nice'
  | 'started'
  | 'state'
  | 'user'
  | 'command'
  | 'params'
  | 'path'
>;

/** What of the platform the library's list is read by. */
export interface ListingFacts {
  readonly platform: NodeJS.Platform;
  readonly cores: number;
  readonly bootedWallMs: number;
}

/** The platforms have no ticks of their own that the library tells: start times are in hundredths of a second. */
const ticksPerSecond = 100;
/** The library reckons a start from the time since, to the second, so that it wavers by one. */
const waveringTicks = 2 * ticksPerSecond;
const stateLetters: Readonly<Record<string, string>> = {
  running: 'R', sleeping: 'S', blocked: 'D', stopped: 'T', zombie: 'Z', paging: 'W', dead: 'X',
}; // prettier-ignore

/** When each process began, as it was first told. */
let starts: ReadonlyMap<number, number> = new Map();

/** The table of processes by `systeminformation`, which counts no processor time and says a share of its own. */
export async function readProcesses(): Promise<ProcessRaw> {
  const { list } = await si.processes();
  if (list.length === 0) throw new Error('systeminformation listed no processes.');
  const table = deriveProcesses(
    list,
    {
      platform: process.platform,
      cores: cpus().length,
      // To the second: the two clocks are not read at the same instant.
      bootedWallMs: Math.round(Date.now() / 1_000 - uptime()) * 1_000,
    },
    starts,
  );
  starts = new Map(table.pid.map((pid, index) => [pid, table.startTicks[index]!]));
  return table;
}

/** The library's list as the table. `starts` are those of the last one, which hold where the new ones only waver. */
export function deriveProcesses(
  list: readonly Listed[],
  { platform, cores, bootedWallMs }: ListingFacts,
  starts: ReadonlyMap<number, number>,
): ProcessRaw {
  const rows = list.filter(({ pid }) => Number.isSafeInteger(pid) && pid >= 0);
  const users = [...new Set(rows.map(({ user }) => cut(user, 64)))];
  const groups = [...new Set(rows.map(deriveName))];
  const nulls = rows.map(() => null);
  return {
    ticksPerSecond,
    bootedWallMs,
    threads: null,
    users,
    groups,
    pid: rows.map(({ pid }) => pid),
    startTicks: rows.map(({ pid, started }) => {
      const startTicks = deriveStartTicks(started, bootedWallMs);
      const known = starts.get(pid);
      return known !== undefined && Math.abs(known - startTicks) <= waveringTicks ? known : startTicks;
    }),
    parentPid: rows.map(({ parentPid }) =>
      Number.isSafeInteger(parentPid) && parentPid > 0 ? parentPid : 0,
    ),
    name: rows.map(deriveName),
    command: rows.map((row) => cut(deriveCommand(row, platform), commandLength)),
    user: rows.map(({ user }) => users.indexOf(cut(user, 64))),
    group: rows.map((row) => groups.indexOf(deriveName(row))),
    state: rows.map(({ state }) => stateLetters[state] ?? '?'),
    threadCount: nulls,
    nice: rows.map(({ nice }) => (Number.isFinite(nice) ? nice : 0)),
    cpuTicks: nulls,
    cpuShares: rows.map(({ pid, cpu }) => {
      // The first share of a process is one of its whole life there.
      const isOfLife = isCounted(platform) && !starts.has(pid);
      return isOfLife ? null : deriveShare(cpu, platform, cores);
    }),
    residentBytes: rows.map(({ memRss }) => (Number.isFinite(memRss) && memRss > 0 ? memRss * 1_024 : 0)),
    readBytes: nulls,
    writtenBytes: nulls,
    ageMs: rows.map(() => 0),
  };
}

/** Where the library counts itself, and tells percent of all cores together; elsewhere `ps` tells percent of one. */
function isCounted(platform: NodeJS.Platform): boolean {
  return platform === 'win32' || platform === 'linux';
}

function deriveShare(percent: number, platform: NodeJS.Platform, cores: number): number | null {
  if (!Number.isFinite(percent) || percent < 0) return null;
  return (percent / 100) * (isCounted(platform) ? cores : 1);
}

/** The library parts a line of `ps` into folder, program and arguments, and leaves that of Windows whole. */
function deriveCommand({ path, command, params }: Listed, platform: NodeJS.Platform): string {
  if (platform === 'win32') return command ?? '';
  return [path ? `${path}/${command}` : command, params].join(' ').trim();
}

/** "2026-01-31 12:00:05" of this machine's time zone, in ticks after its start; 0 where there is none. */
function deriveStartTicks(started: string, bootedWallMs: number): number {
  const startedWallMs = new Date(started.replace(' ', 'T')).getTime();
  if (!Number.isFinite(startedWallMs)) return 0;
  return Math.max(0, Math.round(((startedWallMs - bootedWallMs) / 1_000) * ticksPerSecond));
}

function deriveName({ name }: Pick<Listed, 'name'>): string {
  return cut(name, 256);
}

function cut(text: string | undefined, length: number): string {
  return (text ?? '').slice(0, length);
}
