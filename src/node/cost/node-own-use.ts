import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { GovernedUse, OwnUse } from '../../core/own-use.ts';
import type { CostRaw } from '../../shared/series/raw/cost.ts';
import { readPageSize } from '../collectors/process/own-limits.ts';
import { childrenId } from '../probe/probe-messages.ts';
import type { ProbeProcess } from '../probe/probe-client.ts';
import { countForks } from './count-forks.ts';
import { readProcessUse, readWrittenBytes } from './process-use.ts';

type OwnProcess = CostRaw['processes'][number];

export interface NodeOwnUseOptions {
  readonly onBattery: () => boolean;
  /** Processes of the monitor beside this one and its helper: those of Electron. */
  readonly others?: (() => readonly OwnProcess[]) | undefined;
  readonly procRoot?: string;
}

interface Helper {
  readonly process: ProbeProcess;
  /** Programs that it has under way. */
  programs: readonly number[];
  forks: number;
  writtenBytes: number;
}

interface HostUse {
  readonly cpuMs: number;
  /** Of helpers that have ended, with what they had started. */
  readonly endedCpuMs: number;
  readonly residentBytes: number;
}
interface HelperUse {
  readonly pid: number;
  readonly name: string;
  readonly cpuMs: number | null;
  /** Of programs that it has started and that have ended. */
  readonly endedCpuMs: number;
  readonly residentBytes: number | null;
}

/**
 * How often it is looked how late the event loop runs. Each look wakes the process: every 10 ms they cost 0.45 % of a
 * core, as much as all readings together, every 100 ms up to 0.08 %, four times a second 0.02 %.
 */
const delayResolutionMs = 250;

/** What this process and its helpers use. Where there is no /proc, only this process is known, and what `others` tells. */
export class NodeOwnUse implements OwnUse {
  readonly #options: NodeOwnUseOptions;
  readonly #procRoot: string;
  readonly #pageSize: number;
  readonly #helpers = new Set<Helper>();
  readonly #forks = countForks();
  readonly #forksBefore = this.#forks();
  readonly #cpuOfOthers = new Map<number, number>();
  #goneForks = 0;
  #goneWrittenBytes = 0;
  #goneCpuMs = 0;
  #governedCpuMs = 0;
  #delays: IntervalHistogram | null = null;

  constructor(options: NodeOwnUseOptions) {
    this.#options = options;
    this.#procRoot = options.procRoot ?? '/proc';
    this.#pageSize = readPageSize(this.#procRoot);
  }

  /** The same start of a helper, seen: what it uses and starts counts from then on, and when it has ended, too. */
  track(spawnProbe: () => ProbeProcess): () => ProbeProcess {
    return () => {
      const before = this.#forks();
      const process = spawnProbe();
      // Electron starts a utility process by itself, which Node does not hear of.
      if (this.#forks() === before) this.#goneForks++;
      const helper: Helper = { process, programs: [], forks: 0, writtenBytes: 0 };
      this.#helpers.add(helper);
      process.onMessage((reply) => {
        helper.forks = Math.max(helper.forks, reply.forks ?? 0);
        if (reply.id === childrenId && 'value' in reply) helper.programs = reply.value as number[];
      });
      process.onExit(() => {
        if (!this.#helpers.delete(helper)) return;
        this.#goneForks += helper.forks;
        this.#goneWrittenBytes += helper.writtenBytes;
      });
      return process;
    };
  }

  governed(): GovernedUse {
    const { host, helpers } = this.#read();
    return {
      cpuMs: this.#sumCpu(host, helpers),
      residentBytes: helpers.reduce(
        (sum, { residentBytes }) => sum + (residentBytes ?? 0),
        host.residentBytes,
      ),
      forks: this.#sumForks(),
    };
  }

  all(): ReturnType<OwnUse['all']> {
    const { host, helpers } = this.#read();
    const known: OwnProcess[] = [
      { pid: process.pid, role: 'host', name: 'host', cpuMs: host.cpuMs, residentBytes: host.residentBytes },
      ...helpers.map(({ pid, name, cpuMs, residentBytes }) => ({
        pid,
        role: 'helper',
        name,
        cpuMs,
        residentBytes,
      })),
    ];
    const pids = new Set(known.map(({ pid }) => pid));
    const others = (this.#options.others?.() ?? [])
      .filter(({ pid }) => !pids.has(pid))
      .map((other) => ({
        ...other,
        cpuMs: other.cpuMs ?? readProcessUse(this.#procRoot, other.pid)?.cpuMs ?? null,
      }));
    return {
      processes: [...known, ...others],
      cpuMs: this.#sumCpu(host, helpers) + this.#sumOthers(others),
      forks: this.#sumForks(),
      writtenBytes: this.#sumWritten(),
      heapUsedBytes: getHeapStatistics().used_heap_size,
    };
  }

  takeDelays(): CostRaw['eventLoop'] {
    const delays = this.#delays;
    if (!delays) {
      this.#delays = monitorEventLoopDelay({ resolution: delayResolutionMs });
      this.#delays.enable();
      return null;
    }
    if (delays.count === 0) return null;
    // Each value is the time between two looks: what is over their distance is the delay.
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - delayResolutionMs);
    const found = {
      delayMsP50: late(delays.percentile(50)),
      delayMsP99: late(delays.percentile(99)),
      delayMsMax: late(delays.max),
    };
    delays.reset();
    return found;
  }

  rest(): void {
    this.#delays?.disable();
    this.#delays = null;
  }

  onBattery(): boolean {
    return this.#options.onBattery();
  }

  #read(): { readonly host: HostUse; readonly helpers: readonly HelperUse[] } {
    const own = readProcessUse(this.#procRoot, 'self');
    const { user, system } = process.cpuUsage();
    return {
      host: {
        // To the microsecond, where the kernel's file has ticks of 10 ms.
        cpuMs: (user + system) / 1_000,
        endedCpuMs: own?.childCpuMs ?? 0,
        residentBytes: own ? own.residentPages * this.#pageSize : process.memoryUsage.rss(),
      },
      helpers: [...this.#helpers].flatMap(({ process: { pid }, programs }) =>
        pid === undefined
          ? []
          : [this.#readHelper(pid, 'probe'), ...programs.map((program) => this.#readHelper(program))],
      ),
    };
  }

  #readHelper(pid: number, name?: string): HelperUse {
    const use = readProcessUse(this.#procRoot, pid);
    return {
      pid,
      name: name ?? use?.name ?? 'program',
      cpuMs: use?.cpuMs ?? null,
      endedCpuMs: use?.childCpuMs ?? 0,
      residentBytes: use ? use.residentPages * this.#pageSize : null,
    };
  }

  /** Never falls, though a helper that ends is for a moment neither there nor counted among the ended. */
  #sumCpu(host: HostUse, helpers: readonly HelperUse[]): number {
    const alive = helpers.reduce((sum, { cpuMs, endedCpuMs }) => sum + (cpuMs ?? 0) + endedCpuMs, 0);
    this.#governedCpuMs = Math.max(this.#governedCpuMs, host.cpuMs + host.endedCpuMs + alive);
    return this.#governedCpuMs;
  }

  #sumForks(): number {
    let forks = this.#forks() - this.#forksBefore + this.#goneForks;
    for (const helper of this.#helpers) forks += helper.forks;
    return forks;
  }

  #sumWritten(): number | null {
    const own = readWrittenBytes(this.#procRoot, 'self');
    if (own === null) return null;
    let written = own + this.#goneWrittenBytes;
    for (const helper of this.#helpers) {
      const { pid } = helper.process;
      if (pid !== undefined) {
        helper.writtenBytes = readWrittenBytes(this.#procRoot, pid) ?? helper.writtenBytes;
      }
      written += helper.writtenBytes;
    }
    return written;
  }

  /** With those that have ended, by what was last known of them. */
  #sumOthers(others: readonly OwnProcess[]): number {
    const now = new Map(others.map(({ pid, cpuMs }) => [pid, cpuMs ?? 0]));
    for (const [pid, beforeMs] of this.#cpuOfOthers) {
      // A pid whose time went back is another process's now.
      if ((now.get(pid) ?? -1) < beforeMs) this.#goneCpuMs += beforeMs;
    }
    this.#cpuOfOthers.clear();
    for (const [pid, cpuMs] of now) this.#cpuOfOthers.set(pid, cpuMs);
    return [...now.values()].reduce((sum, cpuMs) => sum + cpuMs, this.#goneCpuMs);
  }
}
