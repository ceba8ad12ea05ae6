import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Log } from '../node/server/log.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a service manager wants to hear, and where. */
export interface NotifyWishes {
  /** A path, or a name of the abstract kind that begins with `@`. */
  readonly socket: string;
  /** Without a sign of life for so long it restarts the service; null where it does not watch. */
  readonly watchdogMs: number | null;
}

/** Reads sd_notify(3)'s and sd_watchdog_enabled(3)'s variables; null where nobody wants to hear anything. */
export function parseNotifyWishes(environment: Environment, pid: number): NotifyWishes | null {
  const socket = environment['NOTIFY_SOCKET'] ?? '';
  // Others, as vsock, are of virtual machines and not of services.
  if (!/^[/@]./.test(socket)) return null;
  const micros = Number(environment['WATCHDOG_USEC']);
  const meant = environment['WATCHDOG_PID'] ?? String(pid);
  const isWatched = micros > 0 && Number.isFinite(micros) && meant === String(pid);
  return { socket, watchdogMs: isWatched ? micros / 1_000 : null };
}

export interface ServiceManagerOptions {
  readonly wishes: NotifyWishes;
  readonly pid: number;
  readonly log: Log;
  /** Delivers one message; `systemd-notify` where nothing else is given. */
  readonly send?: (assignments: readonly string[]) => Promise<void>;
}

/**
 * Tells the service manager that has started this host how it is. Messages go out one after the other, in the order in which
 * they were meant. One that cannot be delivered is logged, once, and the host goes on: the manager decides what that means.
 */
export class ServiceManager {
  readonly #options: ServiceManagerOptions;
  readonly #send: (assignments: readonly string[]) => Promise<void>;
  #turn: Promise<void> = Promise.resolve();
  #hasFailed = false;

  constructor(options: ServiceManagerOptions) {
    this.#options = options;
    this.#send = options.send ?? createNotifier(options.wishes.socket);
  }

  /** It serves, from now on or again. */
  ready(status: string): Promise<void> {
    return this.#tell('READY=1', `STATUS=${status}`, `MAINPID=${this.#options.pid}`);
  }

  /** It reads its settings anew; `ready` follows. */
  reloading(): Promise<void> {
    const micros = process.hrtime.bigint() / 1_000n;
    return this.#tell('RELOADING=1', `MONOTONIC_USEC=${micros}`);
  }

  /** It ends. */
  stopping(): Promise<void> {
    return this.#tell('STOPPING=1', 'STATUS=Tells its viewers that it ends');
  }

  /**
   * Gives signs of life, twice in the time after which it would be restarted, for as long as `isWell` says so and the scope is
   * open. A hung event loop gives none by itself.
   */
  watch(scope: TaskScope, isWell: () => boolean, describe: () => string): void {
    const { wishes, log } = this.#options;
    if (wishes.watchdogMs === null) return;
    let wasWell = true;
    scope.loop('watchdog', wishes.watchdogMs / 2, () => {
      const well = isWell();
      if (well) void this.#tell('WATCHDOG=1', `STATUS=${describe()}`);
      else if (wasWell)
        log('error', 'No sample gets out although somebody watches: without one this host is restarted.');
      wasWell = well;
    });
  }

  #tell(...assignments: string[]): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#send(assignments))
      .catch((thrown: unknown) => {
        if (this.#hasFailed) return;
        this.#hasFailed = true;
        const why = MonitorError.from(thrown).message;
        this.#options.log('warning', `The service manager cannot be told that ${assignments[0]}: ${why}`);
      });
    return this.#turn;
  }
}

const run = promisify(execFile);
/** It takes a few milliseconds; a manager that does not read is not waited for longer. */
const patienceMs = 5_000;

/**
 * Sends by `systemd-notify`, which is there wherever a manager with such a socket is: the socket is one of datagrams, which
 * Node does not have. It waits until the manager has read the message, so that it is not taken for one of a process that is gone.
 */
function createNotifier(socket: string): (assignments: readonly string[]) => Promise<void> {
  return async (assignments) => {
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', NOTIFY_SOCKET: socket };
    await run('systemd-notify', [...assignments], { env, timeout: patienceMs });
  };
}
