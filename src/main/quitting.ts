import { app } from 'electron';
import type { Log } from '../node/server/log.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';

/** What is closed before the app ends. */
export interface Closable {
  close(reason: string): Promise<void>;
  /** The last thing that is done, once all is closed. Where it quits the app itself, it need not resolve. */
  finish?(): Promise<void>;
}

/** Past this the app ends all the same: a person who quits must not find it running. */
const patienceMs = 15_000;
/** A disk that does not take the last lines of the log is not waited for longer. */
const logPatienceMs = 1_000;
/** For an update to be installed. On macOS the system does it, and ends the app itself. */
const finishPatienceMs = 60_000;
/** The same where the system ends: logind waits for 5 s, Windows as long. */
const hurriedPatienceMs = 4_000;

/**
 * The one way out. Every reason to end (the menu, the last window, a signal, the session's end) becomes a quit;
 * the first quit closes the app in good order and then exits, the others wait for it.
 */
export class Quitting {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #flushLog: () => Promise<void>;
  #closable: Closable | null = null;
  #reason = 'Pulsewire was quit.';
  #exitCode = 0;
  #patienceMs = patienceMs;
  #isClosing = false;
  #isFinishing = false;

  /** `flushLog`: resolves once all that was logged is kept. */
  constructor(clock: Clock, log: Log, flushLog: () => Promise<void>) {
    this.#clock = clock;
    this.#log = log;
    this.#flushLog = flushLog;
    app.on('before-quit', (event) => {
      if (this.#isFinishing) return;
      event.preventDefault();
      void this.#close();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.quit(0, `Pulsewire was ended by ${signal}.`));
    }
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Names what must be closed. Closed at once where the app is ending already. */
  own(closable: Closable): void {
    this.#closable = closable;
  }

  /** Ends the app with `exitCode`. The first reason stands. */
  quit(exitCode: number, reason: string): void {
    if (this.#isClosing) return;
    this.#exitCode = exitCode;
    this.#reason = reason;
    void this.#close();
  }

  /** Ends the app while the system still waits for it. */
  hurry(reason: string): void {
    this.#patienceMs = hurriedPatienceMs;
    this.quit(0, reason);
  }

  async #close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    try {
      await this.#inTime(this.#patienceMs, this.#closable?.close(this.#reason));
      if (this.#patienceMs === patienceMs && this.#exitCode === 0) await this.#finish();
    } catch (error) {
      this.#log('error', `Not everything ended in good order: ${String(error)}`);
      this.#exitCode ||= 1;
    }
    await this.#inTime(logPatienceMs, this.#flushLog());
    app.exit(this.#exitCode);
  }

  /** Not while the system ends: there is no time for it. */
  #finish(): Promise<void> {
    this.#isFinishing = true;
    return this.#inTime(finishPatienceMs, this.#closable?.finish?.());
  }

  async #inTime(ms: number, work: Promise<void> | undefined): Promise<void> {
    const patience = new AbortController();
    const late = this.#clock.sleep(ms, patience.signal).then(
      () => this.#log('error', 'Not everything ended in time.'),
      () => undefined,
    );
    try {
      await Promise.race([work, late]);
    } finally {
      patience.abort();
    }
  }
}
