import type { ProcessRaw } from '../../shared/series/raw/process.ts';
import type { ScrubNames } from './scrub-names.ts';

/** The table with the named programs alone. Of a command line the program and its plain words are kept. */
export function scrubProcesses(data: ProcessRaw, { programs, users }: ScrubNames): ProcessRaw {
  const kept = data.name.flatMap((name, index) => (programs[name] === undefined ? [] : [index]));
  const keptPids = new Set(kept.map((index) => data.pid[index]));
  const pick = <Value>(column: readonly Value[]): Value[] => kept.map((index) => column[index]!);
  const userNames = data.users.map((name) => users[name] ?? 'user');
  const programOf = (index: number): string => programs[data.name[index]!]!;
  const groups = [...new Set(kept.map(programOf))];
  return {
    ...data,
    users: userNames,
    groups,
    pid: pick(data.pid),
    startTicks: pick(data.startTicks),
    // Whoever started it may have been left out; then it stands by itself.
    parentPid: pick(data.parentPid).map((pid) => (keptPids.has(pid) ? pid : 0)),
    name: kept.map(programOf),
    command: kept.map((index) => scrubCommand(programOf(index), data.command[index]!)),
    user: pick(data.user),
    group: kept.map((index) => groups.indexOf(programOf(index))),
    state: pick(data.state),
    threadCount: pick(data.threadCount),
    nice: pick(data.nice),
    cpuTicks: pick(data.cpuTicks),
    cpuShares: data.cpuShares && pick(data.cpuShares),
    residentBytes: pick(data.residentBytes),
    readBytes: pick(data.readBytes),
    writtenBytes: pick(data.writtenBytes),
    ageMs: pick(data.ageMs),
  };
}

/** Words that are a switch or the name of a file without its folder: no path, address, value or secret. */
const plainWord = /^(-{1,2}[a-z0-9-]{1,24}|[a-z][a-z0-9-]{0,15}\d{0,4}\.[a-z]{1,4}(\.[a-z]{1,3})?)$/i;

function scrubCommand(program: string, command: string): string {
  if (command === '') return '';
  const words = command.split(/\s+/).slice(1).filter((word) => plainWord.test(word)).slice(0, 8); // prettier-ignore
  return [program, ...words].join(' ');
}
