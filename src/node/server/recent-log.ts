import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Log } from './log.ts';

/** A line of the log, and when it was said by the wall clock. */
export interface LogEntry {
  readonly wallMs: number;
  readonly level: Parameters<Log>[0];
  readonly message: string;
}

/** How much is remembered: what led to a defect mostly stands in its last lines. */
const mostEntries = 200;
const mostCharacters = 1_000;

/** A log that passes everything on and remembers the newest lines, for whoever looks for a fault. */
export class RecentLog {
  readonly #entries: LogEntry[] = [];
  readonly #clock: Pick<Clock, 'wall'>;
  readonly #next: Log;

  constructor(next: Log, clock: Pick<Clock, 'wall'>) {
    this.#next = next;
    this.#clock = clock;
  }

  readonly log: Log = (level, message) => {
    this.#entries.push({ wallMs: this.#clock.wall(), level, message: message.slice(0, mostCharacters) });
    if (this.#entries.length > mostEntries) this.#entries.shift();
    this.#next(level, message);
  };

  /** The newest, the oldest of them first. */
  entries(): readonly LogEntry[] {
    return [...this.#entries];
  }
}
