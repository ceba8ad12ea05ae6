import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { FilesystemRaw, MountRaw } from '../../shared/series/raw/filesystem.ts';

/** A file system that is nearly full. */
export interface NearlyFull {
  readonly mountPoint: string;
  readonly availableBytes: number;
  readonly totalBytes: number;
}

/** Nearly full from here on, and no longer below there: what goes to and fro between them is one crossing. */
const [fullShare, roomShare] = [0.95, 0.92];
/** One that fills and empties all day is told of once a day. */
const againAfterMs = 24 * 3_600_000;

/** Always full by their nature, or not on a disk. */
const uncounted = new Set([
  'squashfs',
  'iso9660',
  'udf',
  'erofs',
  'cramfs',
  'tmpfs',
  'ramfs',
  'devtmpfs',
  'overlay',
]);

/** Decides of which file systems the user is told: once a crossing, and at most once a day for each. */
export class DiskFullWatch {
  readonly #clock: Pick<Clock, 'wall'>;
  /** By device: one that is mounted twice fills once. */
  readonly #full = new Set<string>();
  readonly #toldMs: Map<string, number>;

  /** `told` is what `told()` gave at the last run, so that no start tells again. */
  constructor(clock: Pick<Clock, 'wall'>, told: Readonly<Record<string, number>> = {}) {
    this.#clock = clock;
    this.#toldMs = new Map(Object.entries(told));
  }

  /** Those to tell of after this reading. */
  observe({ mounts }: FilesystemRaw): readonly NearlyFull[] {
    const seen = new Set<string>();
    return mounts.flatMap((mount) => {
      const { device, mountPoint, space } = mount;
      if (!space || seen.has(device) || !isCounted(mount)) return [];
      seen.add(device);
      const usedBytes = space.totalBytes - space.freeBytes;
      // As df counts it: what is kept for root is neither used nor available.
      const share = usedBytes / (usedBytes + space.availableBytes);
      if (share < roomShare) this.#full.delete(device);
      if (share < fullShare || this.#full.has(device)) return [];
      this.#full.add(device);
      const nowMs = this.#clock.wall();
      if (nowMs - (this.#toldMs.get(device) ?? -Infinity) < againAfterMs) return [];
      this.#toldMs.set(device, nowMs);
      return [{ mountPoint, availableBytes: space.availableBytes, totalBytes: space.totalBytes }];
    });
  }

  /** When each device was told of last, wall time; without those that may be told of again anyhow. */
  told(): Record<string, number> {
    const nowMs = this.#clock.wall();
    return Object.fromEntries([...this.#toldMs].filter(([, toldMs]) => nowMs - toldMs < againAfterMs));
  }
}

function isCounted({ readOnly, type, space }: MountRaw): boolean {
  return !readOnly && !uncounted.has(type) && (space?.totalBytes ?? 0) > 0;
}
