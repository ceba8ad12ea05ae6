import { abortable } from '../../shared/lifecycle/abortable.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError, type MonitorErrorCode } from '../../shared/lifecycle/monitor-error.ts';
import {
  childrenId,
  probeIdleMs,
  threadMethods,
  timeoutCode,
  type ProbeMethod,
  type ProbeMethods,
  type ProbeReply,
  type ProbeRequest,
} from './probe-messages.ts';
import { StuckCalls } from './stuck-calls.ts';

/** A started probe process: what `child_process.fork` and Electron's `utilityProcess.fork` have in common. */
export interface ProbeProcess {
  readonly pid: number | undefined;
  send(request: ProbeRequest): void;
  onMessage(listener: (reply: ProbeReply) => void): void;
  onExit(listener: () => void): void;
  /** Ends it by SIGKILL: a process stuck in the kernel heeds nothing gentler, and maybe not that. */
  kill(): void;
}

export interface ProbeClientOptions {
  readonly clock: Clock;
  readonly spawnProbe: () => ProbeProcess;
}

export interface ProbeCallOptions {
  /** At most one call of a method with this key is under way. */
  readonly key: string;
  readonly deadlineMs: number;
  /** Ends the wait, not the call: that one holds its key until it answers or its process goes. */
  readonly signal?: AbortSignal;
}

interface Running {
  readonly process: ProbeProcess;
  readonly startedMs: number;
  /** When it last said anything; null until it says that it is ready. */
  heardMs: number | null;
  /** Programs that it has started and that have not ended. */
  children: readonly number[];
}

interface Call {
  readonly key: string;
  readonly method: ProbeMethod;
  readonly running: Running;
  readonly startedMs: number;
  readonly timer: AbortController;
  resolve(value: unknown): void;
  reject(error: MonitorError): void;
  late: boolean;
}

/** How many calls may hang in a process that answers others: each holds one of its threads. */
const maxStuck = 3;
/** How long a process may take to start before it is given up. */
const startDeadlineMs = 10_000;
/** How long the first process that dies by itself keeps its successor waiting; doubled with each, to a minute. */
const restartDelayMs = 1_000;
const longestRestartDelayMs = 60_000;

/**
 * Calls that can hang, made in a process of their own. It starts with the first call and ends itself when nothing has
 * been asked for a minute. A file system or a driver that hangs holds a thread and the others go on; from the fourth,
 * or when any other call hangs, or when nothing at all answers any more, the process is killed, not awaited, and
 * replaced; what it had started is killed with it.
 */
export class ProbeClient implements AsyncDisposable {
  readonly #options: ProbeClientOptions;
  readonly #calls = new Map<number, Call>();
  readonly #idOfKey = new Map<string, number>();
  readonly #stuck = new StuckCalls();
  #running: Running | null = null;
  #usedMs = 0;
  #deaths = 0;
  #restartAtMs = -Infinity;
  #nextId = 1;
  #disposed = false;

  constructor(options: ProbeClientOptions) {
    this.#options = options;
  }

  /** What hangs past its deadline, or hung when it was last asked: "method key". */
  stuck(): string[] {
    const late = [...this.#calls.values()].filter((call) => call.late).map(({ key }) => key);
    return [...new Set([...late, ...this.#stuck.keys()])];
  }

  /**
   * Throws MonitorError: `timeout` past `deadlineMs`, and at once while an earlier call of that key hangs;
   * `unavailable` where the process died or cannot start; or what the call failed with.
   */
  async call<Method extends ProbeMethod>(
    method: Method,
    params: ProbeMethods[Method]['params'],
    { key: name, deadlineMs, signal }: ProbeCallOptions,
  ): Promise<ProbeMethods[Method]['value']> {
    signal?.throwIfAborted();
    if (this.#disposed) throw new MonitorError('closed', 'The probe process has been ended.');
    const key = `${method} ${name}`;
    const nowMs = this.#options.clock.monotonic();
    this.#checkFree(key, nowMs);
    const running = this.#start(nowMs);
    this.#usedMs = nowMs;
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      const timer = new AbortController();
      this.#calls.set(id, { key, method, running, startedMs: nowMs, timer, resolve, reject, late: false });
      this.#idOfKey.set(key, id);
      this.#watch(id, deadlineMs, timer.signal);
    });
    // Nobody may be waiting any more when it is rejected.
    answer.catch(() => undefined);
    running.process.send({ id, method, params });
    return signal ? await abortable(answer, signal) : await answer;
  }

  /** Kills the process and rejects what is under way. Does not wait for a process that cannot die. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#abandon('closed', 'The probe process was ended.');
  }

  #checkFree(key: string, nowMs: number): void {
    const id = this.#idOfKey.get(key);
    const hanging = id === undefined ? undefined : this.#calls.get(id);
    if (hanging) {
      const { running } = hanging;
      const neverStarted = running.heardMs === null && nowMs - running.startedMs >= startDeadlineMs;
      if (neverStarted) this.#abandon('unavailable', 'The probe process did not start and was replaced.');
      const seconds = Math.round((nowMs - hanging.startedMs) / 1_000);
      throw new MonitorError('timeout', `${key} was asked ${seconds} s ago and has not answered.`);
    }
    const refusal = this.#stuck.refusal(key, nowMs);
    if (refusal) throw new MonitorError('timeout', refusal);
  }

  #start(nowMs: number): Running {
    // One that is about to end for want of work would take the question with it.
    if (this.#running && this.#calls.size === 0 && nowMs - this.#usedMs > probeIdleMs - 5_000) {
      this.#abandon('unavailable', 'The probe process was idle.');
    }
    if (this.#running) return this.#running;
    if (nowMs < this.#restartAtMs) {
      const seconds = Math.ceil((this.#restartAtMs - nowMs) / 1_000);
      throw new MonitorError('unavailable', `The probe process died; it is started again in ${seconds} s.`);
    }
    const process = this.#spawn(nowMs);
    const running: Running = { process, startedMs: nowMs, heardMs: null, children: [] };
    this.#running = running;
    process.onMessage((reply) => this.#receive(running, reply));
    process.onExit(() => this.#noteExit(running));
    return running;
  }

  #spawn(nowMs: number): ProbeProcess {
    try {
      return this.#options.spawnProbe();
    } catch (thrown) {
      this.#delayRestart(nowMs);
      const { message } = MonitorError.from(thrown);
      throw new MonitorError('unavailable', `The probe process could not be started: ${message}`, {
        cause: thrown,
      });
    }
  }

  #receive(running: Running, reply: ProbeReply): void {
    const nowMs = this.#options.clock.monotonic();
    running.heardMs = nowMs;
    if (reply.id === childrenId && 'value' in reply) running.children = reply.value as number[];
    const call = this.#calls.get(reply.id);
    if (!call) return;
    this.#deaths = 0;
    this.#remove(reply.id, call);
    if ('error' in reply && reply.error.code === timeoutCode) this.#stuck.note(call.key, null, nowMs);
    else this.#stuck.clear(call.key);
    if ('value' in reply) call.resolve(reply.value);
    else call.reject(new MonitorError(deriveCode(reply.error.code), reply.error.message));
  }

  #noteExit(running: Running): void {
    this.#stuck.release(running.process);
    killAll(running.children);
    if (this.#running !== running) return;
    this.#running = null;
    const wasNeeded = running.heardMs === null || this.#calls.size > 0;
    // An end for want of work is no failure.
    if (wasNeeded) this.#delayRestart(this.#options.clock.monotonic());
    this.#rejectAll('unavailable', 'The probe process died.');
  }

  #delayRestart(nowMs: number): void {
    this.#restartAtMs = nowMs + Math.min(longestRestartDelayMs, restartDelayMs * 2 ** this.#deaths);
    this.#deaths++;
  }

  #watch(id: number, deadlineMs: number, signal: AbortSignal): void {
    void this.#options.clock.sleep(deadlineMs, signal).then(
      () => this.#noteLate(id, deadlineMs),
      () => undefined,
    );
  }

  #noteLate(id: number, deadlineMs: number): void {
    const call = this.#calls.get(id);
    if (!call) return;
    call.late = true;
    call.reject(new MonitorError('timeout', `${call.key} did not answer within ${deadlineMs} ms.`));
    const { running, method } = call;
    const isStarting = running.heardMs === null;
    const isSilent = !isStarting && running.heardMs! <= call.startedMs;
    const stuck = [...this.#calls.values()].filter(({ late }) => late).length;
    if (isSilent || (!isStarting && !threadMethods.has(method)) || stuck > maxStuck) {
      this.#abandon('unavailable', 'The probe process was replaced, since calls hang in it.');
    }
  }

  /** Kills the process. What hangs in it is remembered; what does not is rejected and may be asked again at once. */
  #abandon(code: MonitorErrorCode, message: string): void {
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    const nowMs = this.#options.clock.monotonic();
    for (const { key, late } of this.#calls.values()) {
      if (late) this.#stuck.note(key, running.process, nowMs);
    }
    this.#rejectAll(code, message);
    running.process.kill();
    killAll(running.children);
  }

  #rejectAll(code: MonitorErrorCode, message: string): void {
    for (const [id, call] of this.#calls) {
      this.#remove(id, call);
      call.reject(new MonitorError(code, message));
    }
  }

  #remove(id: number, call: Call): void {
    this.#calls.delete(id);
    this.#idOfKey.delete(call.key);
    call.timer.abort(new MonitorError('aborted', 'The call has ended.'));
  }
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended together with the process that started it.
    }
  }
}

/** What an error of the process means here: of its codes few are of use to whoever asked. */
function deriveCode(code: string): MonitorErrorCode {
  if (code === 'unsupported' || code === 'notFound' || code === timeoutCode) return code;
  return code === 'EACCES' || code === 'EPERM' ? 'needsPermission' : 'io';
}
