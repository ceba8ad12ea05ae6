import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { OptionalFile } from '../optional-file.ts';
import { Refreshed } from '../refreshed.ts';
import { readNames, readSmallFile, readSmallNumber } from '../small-file.ts';

/** Of one core, in hertz; null where its driver does not say. */
export interface CoreFrequency {
  hz: number | null;
  readonly minHz: number | null;
  readonly maxHz: number | null;
}

/** Cores that change their frequency together, and the file that says it. */
interface Policy {
  readonly current: OptionalFile;
  readonly cores: readonly number[];
  readonly frequency: CoreFrequency;
}

/** How often a frequency is worth reading. */
const everyMs = 1_000;
/** How many times as long as a round took to rest after it: with 128 cores that is a round every three seconds. */
const restFactor = 5_000;
/** For how long one call may read: machines have hundreds of cores, and the rest of a round comes with the next call. */
const sliceMs = 2;
/** Kernels before 5.18 ask each core and may sleep 10 ms for its answer: so slow twice in a row, it is read beside. */
const slowMs = 2;
const slowForMs = 3_600_000;
const everyMsBeside = 10_000;
/** When nobody has asked for so long, what is known is not how things are. */
const staleMs = 30_000;

/**
 * What the cores run at, from one kept descriptor a policy of cpufreq
 * (Documentation/admin-guide/pm/cpufreq.rst). Policies are looked for every minute and when cores come or go, opened as
 * their turn comes, and a figure is at most a round old.
 */
export class CoreFrequencies implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #folders: Refreshed<readonly string[]>;
  readonly #policies = new Map<string, Policy | null>();
  readonly #ofCore = new Map<number, CoreFrequency>();
  #next = 0;
  #roundMs = 0;
  #dueMs = -Infinity;
  #askedMs = -Infinity;
  #slowReads = 0;
  #slowUntilMs = -Infinity;
  #reading: Promise<void> | null = null;

  constructor(clock: Clock, sysRoot: string) {
    this.#clock = clock;
    const root = join(sysRoot, 'devices/system/cpu');
    this.#folders = new Refreshed(clock, 60_000, () => this.#relist(findPolicies(root)));
  }

  /** Reads what is due. `cores` is how many are online. */
  refresh(cores: number): void {
    const folders = this.#folders.get(String(cores));
    if (folders.length === 0) return;
    const nowMs = this.#clock.monotonic();
    if (nowMs - this.#askedMs > staleMs) for (const frequency of this.#ofCore.values()) frequency.hz = null;
    this.#askedMs = nowMs;
    if (nowMs < this.#dueMs || this.#reading) return;
    if (nowMs < this.#slowUntilMs) {
      this.#dueMs = nowMs + everyMsBeside;
      this.#reading = this.#readBeside(folders);
    } else {
      this.#readSlice(folders, nowMs);
    }
  }

  /** What is known of a core; undefined where nothing is. */
  get(core: number): CoreFrequency | undefined {
    return this.#ofCore.get(core);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reading;
    this.#relist([]);
  }

  #readSlice(folders: readonly string[], startMs: number): void {
    let nowMs = startMs;
    while (this.#next < folders.length && nowMs - startMs < sliceMs) {
      const policy = this.#open(folders[this.#next++]!);
      const bytes = policy?.current.read();
      if (policy) setFrequency(policy, bytes ? new ByteScanner(bytes).numberIfThere() : null);
      const endMs = this.#clock.monotonic();
      this.#slowReads = endMs - nowMs > slowMs ? this.#slowReads + 1 : 0;
      if (this.#slowReads === 2) this.#slowUntilMs = endMs + slowForMs;
      nowMs = endMs;
    }
    this.#roundMs += nowMs - startMs;
    if (this.#next < folders.length) return;
    this.#dueMs = startMs + Math.max(everyMs, restFactor * this.#roundMs);
    this.#next = 0;
    this.#roundMs = 0;
  }

  /** In threads of Node's pool, one at a time, so that the kernel's sleep holds nobody. */
  async #readBeside(folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      const policy = this.#open(folder);
      const text = await readFile(join(folder, 'scaling_cur_freq'), 'latin1').catch(() => '');
      if (policy) setFrequency(policy, /^\d{1,9}\s*$/.test(text) ? Number(text) : null);
    }
    this.#reading = null;
    this.#slowReads = 0;
  }

  #open(folder: string): Policy | null {
    const known = this.#policies.get(folder);
    if (known !== undefined) return known;
    const policy = openPolicy(this.#clock, folder);
    this.#policies.set(folder, policy);
    for (const core of policy?.cores ?? []) this.#ofCore.set(core, policy!.frequency);
    return policy;
  }

  /** Forgets what has gone. */
  #relist(folders: readonly string[]): readonly string[] {
    for (const [folder, policy] of this.#policies) {
      if (folders.includes(folder)) continue;
      policy?.current[Symbol.dispose]();
      for (const core of policy?.cores ?? []) this.#ofCore.delete(core);
      this.#policies.delete(folder);
    }
    this.#next = 0;
    return folders;
  }
}

function setFrequency({ frequency }: Policy, kiloHertz: number | null): void {
  frequency.hz = kiloHertz === null ? null : kiloHertz * 1_000;
}

/** Folders of policies; before 4.3 each core had its own. */
function findPolicies(root: string): string[] {
  const policies = readNames(join(root, 'cpufreq')).filter((name) => /^policy\d+$/.test(name));
  if (policies.length > 0) return policies.map((name) => join(root, 'cpufreq', name));
  const cores = readNames(root).filter((name) => /^cpu\d+$/.test(name));
  return cores.map((name) => join(root, name, 'cpufreq')).filter((folder) => readNames(folder).length > 0);
}

function openPolicy(clock: Clock, folder: string): Policy | null {
  const text = readSmallFile(join(folder, 'related_cpus'), 8_192) ?? readSmallFile(join(folder, 'affected_cpus'), 8_192); // prettier-ignore
  const own = /\d+$/.exec(basename(folder) === 'cpufreq' ? join(folder, '..') : folder)?.[0];
  const cores = (text ?? own ?? '').split(/\s+/).filter((core) => /^\d{1,6}$/.test(core)).map(Number); // prettier-ignore
  if (cores.length === 0) return null;
  const hertz = (name: string): number | null => {
    const kiloHertz = readSmallNumber(join(folder, `cpuinfo_${name}_freq`)) ?? readSmallNumber(join(folder, `scaling_${name}_freq`)); // prettier-ignore
    return kiloHertz === null ? null : kiloHertz * 1_000;
  };
  const current = new OptionalFile(clock, join(folder, 'scaling_cur_freq'));
  return { current, cores, frequency: { hz: null, minHz: hertz('min'), maxHz: hertz('max') } };
}
