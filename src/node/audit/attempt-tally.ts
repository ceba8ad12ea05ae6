import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { hostActor, type AuditEvent, type AuditNote } from './audit-entry.ts';
import type { AuditLog } from './audit-log.ts';

export interface AttemptTallyOptions {
  readonly clock: Clock;
  readonly log: Pick<AuditLog, 'note'>;
  /** Owns what waits; when it closes, what was counted is written. */
  readonly scope: TaskScope;
}

/** For how long repetitions are counted before they are summed up. */
export const attemptPeriodMs = 600_000;
/** So many different attempts a period get lines of their own; more are only counted. */
export const maxAttemptLines = 10;

/**
 * Keeps those who guess from filling the disk, and from pushing out of the log what was done: the first attempt of a
 * kind and address in ten minutes is written at once, its repetitions as one line with their number at the end of the
 * ten, and of too many different ones the number alone. So ten minutes cost at most twice `maxAttemptLines` lines and
 * one for each kind of event.
 */
export class AttemptTally {
  readonly #options: AttemptTallyOptions;
  readonly #repeated = new Map<string, { readonly note: AuditNote; count: number }>();
  readonly #others = new Map<AuditEvent, number>();
  #isWaiting = false;

  constructor(options: AttemptTallyOptions) {
    this.#options = options;
    options.scope.adopt('attempts', () => this.#sumUp());
  }

  /** Counts an attempt that was refused. */
  note(note: AuditNote): void {
    const key = JSON.stringify([note.event, note.who.address, note.who.device, note.code]);
    const known = this.#repeated.get(key);
    if (known) known.count++;
    else if (this.#repeated.size < maxAttemptLines) {
      this.#repeated.set(key, { note, count: 0 });
      void this.#options.log.note(note);
    } else this.#others.set(note.event, (this.#others.get(note.event) ?? 0) + 1);
    this.#wait();
  }

  #wait(): void {
    const { clock, scope } = this.#options;
    if (this.#isWaiting || scope.state !== 'open') return;
    this.#isWaiting = true;
    scope.spawn('sum of attempts', async (signal) => {
      await clock.sleep(attemptPeriodMs, signal);
      await this.#sumUp();
    });
  }

  async #sumUp(): Promise<void> {
    const repeated = [...this.#repeated.values()].filter(({ count }) => count > 0);
    const others = [...this.#others];
    this.#repeated.clear();
    this.#others.clear();
    this.#isWaiting = false;
    const { log } = this.#options;
    const written = [
      ...repeated.map(({ note, count }) => log.note({ ...note, what: { ...note.what, more: count } })),
      ...others.map(([event, count]) =>
        log.note({ event, who: hostActor, outcome: 'refused', what: { more: count } }),
      ),
    ];
    await Promise.all(written);
  }
}
