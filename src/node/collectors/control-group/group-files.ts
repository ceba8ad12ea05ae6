import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { parseCpuMax } from '../cpu/cpu-limit.ts';
import { KeptFile, type ReadBuffer } from '../kept-file.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { OptionalFile } from '../optional-file.ts';
import type { GroupHierarchy } from './group-hierarchy.ts';
import { parseFlatKey, parseIoStat, parseServiceBytes, parseSingle } from './parse-group.ts';

/** What every reader of groups shares. */
export interface GroupReaderOptions {
  readonly clock: Clock;
  readonly hierarchy: GroupHierarchy;
  /** One for all groups: each has half a dozen files, and nothing of a file is kept. */
  readonly buffer: ReadBuffer;
  /** Numbers of devices that stand on others; see `parseIoStat`. */
  readonly stacked: () => ReadonlySet<string>;
}

/** What a group has used; null where its controller is off. */
export interface GroupUsage {
  readonly cpuMicros: number | null;
  readonly memoryBytes: number | null;
  readonly tasks: number | null;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}

/** What a group may use, and how it fared with that. */
export interface GroupLimits {
  readonly throttledMicros: number | null;
  readonly memoryLimitBytes: number | null;
  readonly limitCores: number | null;
  readonly oomKills: number | null;
}

const noTraffic = { readBytes: null, writtenBytes: null } as const;
/** Values from here on are how version 1 says "no limit" (the largest page-aligned 63-bit number). */
const unlimitedBytes = 2 ** 60;

/** The files of one control group, through kept descriptors. Whoever made it disposes it. */
export class GroupFiles implements Disposable {
  readonly #options: GroupReaderOptions;
  readonly #cpu: KeptFile;
  readonly #memory: OptionalFile;
  readonly #tasks: OptionalFile;
  readonly #traffic: OptionalFile;
  readonly #limits: readonly OptionalFile[];
  readonly #folder: string;
  #throttledMicros: number | null = null;

  /** `path` is that of the group below each tree's root. Limits are read only where they are wanted. */
  constructor(options: GroupReaderOptions, path: string, wantsLimits: boolean) {
    this.#options = options;
    const { clock, hierarchy, buffer } = options;
    this.#folder = join(hierarchy.names, path);
    const open = (root: string, name: string): OptionalFile =>
      new OptionalFile(clock, join(root, path, name), buffer);
    if (hierarchy.version === 2) {
      const root = hierarchy.names;
      this.#cpu = new KeptFile(join(root, path, 'cpu.stat'), buffer);
      [this.#memory, this.#tasks, this.#traffic] = [open(root, 'memory.current'), open(root, 'pids.current'), open(root, 'io.stat')]; // prettier-ignore
      this.#limits = wantsLimits ? ['memory.max', 'cpu.max', 'memory.events'].map((name) => open(root, name)) : []; // prettier-ignore
    } else {
      const { cpu, cpuacct, memory, pids, blkio } = hierarchy;
      this.#cpu = new KeptFile(join(cpuacct, path, 'cpuacct.usage'), buffer);
      [this.#memory, this.#tasks, this.#traffic] = [open(memory, 'memory.usage_in_bytes'), open(pids, 'pids.current'), open(blkio, 'blkio.throttle.io_service_bytes')]; // prettier-ignore
      this.#limits = wantsLimits ? [open(memory, 'memory.limit_in_bytes'), open(cpu, 'cpu.cfs_quota_us'), open(memory, 'memory.oom_control'), open(cpu, 'cpu.cfs_period_us'), open(cpu, 'cpu.stat')] : []; // prettier-ignore
    }
  }

  /** Null where the group has gone. */
  readUsage(): GroupUsage | null {
    const cpuMicros = this.#readCpu();
    if (cpuMicros === undefined) return null;
    const memoryBytes = parseIfRead(this.#memory, parseSingle);
    const tasks = parseIfRead(this.#tasks, parseSingle);
    return { cpuMicros, memoryBytes, tasks, ...this.#readTraffic() };
  }

  /** To be read after `readUsage`. */
  readLimits(): GroupLimits {
    const [memoryMax, cpuMax, events, period, stat] = this.#limits;
    const limit = parseIfRead(memoryMax, parseSingle);
    const isVersion2 = this.#options.hierarchy.version === 2;
    const quota = parseIfRead(cpuMax, (bytes) => bytes.toString('latin1'));
    const oomKills = parseIfRead(events, (bytes) => parseFlatKey(bytes, 'oom_kill'));
    if (isVersion2) {
      const limitCores = quota === null ? null : parseCpuMax(quota);
      return { throttledMicros: this.#throttledMicros, memoryLimitBytes: limit, limitCores, oomKills };
    }
    const periodText = parseIfRead(period, (bytes) => bytes.toString('latin1'));
    const throttledNanos = parseIfRead(stat, (bytes) => parseFlatKey(bytes, 'throttled_time'));
    return {
      throttledMicros: throttledNanos === null ? null : throttledNanos / 1_000,
      memoryLimitBytes: limit !== null && limit >= unlimitedBytes ? null : limit,
      limitCores: parseCpuMax(`${quota?.trim() ?? ''} ${periodText?.trim() ?? ''}`),
      oomKills,
    };
  }

  [Symbol.dispose](): void {
    for (const file of [this.#cpu, this.#memory, this.#tasks, this.#traffic, ...this.#limits]) {
      file[Symbol.dispose]();
    }
  }

  /** Undefined where the group has gone. */
  #readCpu(): number | null | undefined {
    try {
      const bytes = this.#cpu.read();
      if (this.#options.hierarchy.version === 1) {
        const nanos = parseSingle(bytes);
        return nanos === null ? null : nanos / 1_000;
      }
      this.#throttledMicros = parseFlatKey(bytes, 'throttled_usec');
      return parseFlatKey(bytes, 'usage_usec');
    } catch (thrown) {
      if (!(thrown instanceof MonitorError)) throw thrown;
      // In version 1 a group need not be one of this controller's too.
      return existsSync(this.#folder) ? null : undefined;
    }
  }

  #readTraffic(): Pick<GroupUsage, 'readBytes' | 'writtenBytes'> {
    const bytes = this.#traffic.read();
    if (!bytes) return noTraffic;
    const parse = this.#options.hierarchy.version === 2 ? parseIoStat : parseServiceBytes;
    return parse(bytes, this.#options.stacked());
  }
}

function parseIfRead<Value>(file: OptionalFile | undefined, parse: (bytes: Buffer) => Value): Value | null {
  const bytes = file?.read();
  return bytes ? parse(bytes) : null;
}
