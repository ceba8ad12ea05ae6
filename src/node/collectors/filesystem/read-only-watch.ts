import type { Clock } from '../../../shared/lifecycle/clock.ts';
import type { Mount } from './parse-mountinfo.ts';

interface Seen {
  readonly readOnly: boolean;
  readonly turnedWallMs: number | null;
}

/**
 * Remembers of each mount whether it was writable, to tell one that turned read-only, as the kernel makes it after an
 * error (`errors=remount-ro`), from one that is meant to be. What is mounted anew at the same place is another.
 */
export class ReadOnlyWatch {
  readonly #clock: Clock;
  #seen = new Map<string, Seen>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For each of all the mounts there are, when it was seen to have turned read-only (wall time); null if it has not. */
  note(mounts: readonly Mount[]): readonly (number | null)[] {
    const nowMs = this.#clock.wall();
    const seen = new Map<string, Seen>();
    const turned = mounts.map(({ mountPoint, device, type, readOnly }) => {
      const key = `${mountPoint}\n${device}\n${type}`;
      const before = this.#seen.get(key);
      const turnedWallMs = !readOnly
        ? null
        : before?.readOnly === false
          ? nowMs
          : (before?.turnedWallMs ?? null);
      seen.set(key, { readOnly, turnedWallMs });
      return turnedWallMs;
    });
    this.#seen = seen;
    return turned;
  }
}
