import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { ReadBuffer } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { Refreshed } from '../refreshed.ts';
import { mapInSlices } from '../slice.ts';
import { GroupFiles, type GroupReaderOptions } from './group-files.ts';
import { findGroupHierarchy, type GroupHierarchy } from './group-hierarchy.ts';
import { parseFlatKey } from './parse-group.ts';
import { findStackedDevices } from './stacked-devices.ts';
import { walkGroups, type GroupVerdict } from './walk-groups.ts';

export interface GroupSetOptions<Facts> {
  readonly sources: LinuxSources;
  readonly judge: (name: string, path: string) => GroupVerdict<Facts>;
  readonly wantsLimits: boolean;
}

/** A group of the set, with its files open. */
export interface WatchedGroup<Facts> {
  readonly path: string;
  /** Where the tree in which it was found has it. */
  readonly folder: string;
  readonly facts: Facts;
  readonly files: GroupFiles;
}

/** How often the tree is walked: at all, and at most where the number of its groups has changed. */
const walkEveryMs = 10_000;
const walkAgainMs = 4_000;
/** Of how many groups the files stay open: each has up to eight, and a process may have 1024. */
const mostKept = 80;

/**
 * The control groups of one kind, found by walking the tree now and then, each with kept descriptors. Whoever made it
 * disposes it.
 */
export class GroupSet<Facts> implements Disposable {
  readonly #clock: Clock;
  readonly #options: GroupSetOptions<Facts>;
  readonly #reader: Omit<GroupReaderOptions, 'hierarchy'>;
  readonly #hierarchy: Refreshed<GroupHierarchy | null>;
  #census: OptionalFile | null = null;
  #groups: WatchedGroup<Facts>[] = [];
  #walk: Promise<void> | null = null;
  #walkedMs = -Infinity;
  #count: number | null = null;
  #hasLost = false;
  #isDisposed = false;

  constructor(options: GroupSetOptions<Facts>) {
    const { clock, sysRoot } = options.sources;
    this.#clock = clock;
    this.#options = options;
    const stacked = new Refreshed(clock, 60_000, () => findStackedDevices(sysRoot));
    this.#reader = { clock, buffer: new ReadBuffer(true), stacked: () => stacked.get() };
    this.#hierarchy = new Refreshed(clock, 60_000, () => findGroupHierarchy(sysRoot));
  }

  /** What was found by the last walk. */
  get groups(): readonly WatchedGroup<Facts>[] {
    return this.#groups;
  }

  /** Whether there are control groups here at all. */
  get isThere(): boolean {
    return this.#hierarchy.get() !== null;
  }

  /** Walks the tree if that is due. Gives a promise where it does, which never rejects. */
  refresh(): Promise<void> | null {
    const hierarchy = this.#hierarchy.get();
    if (this.#walk) return this.#walk;
    if (!hierarchy) {
      this.#drop();
      return null;
    }
    const sinceMs = this.#clock.monotonic() - this.#walkedMs;
    const isDue = sinceMs >= walkEveryMs || (sinceMs >= walkAgainMs && (this.#hasLost || this.#hasChanged(hierarchy))); // prettier-ignore
    if (!isDue) return null;
    this.#walkedMs = this.#clock.monotonic();
    this.#hasLost = false;
    this.#hasChanged(hierarchy);
    this.#walk = this.#find(hierarchy).finally(() => (this.#walk = null));
    return this.#walk;
  }

  /** What `read` makes of each group. One for which it gives null has gone, and is looked for no more. */
  read<Row>(read: (group: WatchedGroup<Facts>) => Row | null): Row[] | Promise<Row[]> {
    const rows = mapInSlices(this.#clock, this.#groups, (group, index) => {
      const row = this.#isDisposed ? null : read(group);
      if (row === null) this.#hasLost = true;
      if (row === null || index >= mostKept) group.files[Symbol.dispose]();
      return row;
    });
    const present = (all: (Row | null)[]): Row[] => all.filter((row) => row !== null);
    return rows instanceof Promise ? rows.then(present) : present(rows);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#drop();
    this.#census?.[Symbol.dispose]();
    this.#census = null;
  }

  #drop(): void {
    for (const { files } of this.#groups) files[Symbol.dispose]();
    this.#groups = [];
  }

  async #find(hierarchy: GroupHierarchy): Promise<void> {
    const found = await walkGroups(this.#clock, hierarchy.names, this.#options.judge);
    if (this.#isDisposed) return;
    const known = new Map(this.#groups.map((group) => [group.path, group]));
    const { wantsLimits } = this.#options;
    this.#groups = found.map(({ path, facts }) => {
      const group = known.get(path);
      known.delete(path);
      if (group) return group;
      const files = new GroupFiles({ ...this.#reader, hierarchy }, path, wantsLimits);
      return { path, folder: join(hierarchy.names, path), facts, files };
    });
    for (const { files } of known.values()) files[Symbol.dispose]();
  }

  /** Whether there are more or fewer groups than when this was last asked. Version 1 does not count them. */
  #hasChanged(hierarchy: GroupHierarchy): boolean {
    if (hierarchy.version === 1) return false;
    this.#census ??= new OptionalFile(this.#clock, join(hierarchy.names, 'cgroup.stat'), this.#reader.buffer);
    const bytes = this.#census.read();
    const count = bytes ? parseFlatKey(bytes, 'nr_descendants') : null;
    const hasChanged = count !== this.#count;
    this.#count = count;
    return hasChanged;
  }
}
