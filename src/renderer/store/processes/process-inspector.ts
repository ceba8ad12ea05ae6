import * as v from 'valibot';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { TaskScope } from '../../../shared/lifecycle/task-scope.ts';
import {
  processDetailsSchema,
  type ProcessDetails,
  type ProcessIdentity,
} from '../../../shared/series/raw/process.ts';

/** What is known of one process besides its row: the newest answer there was, and why there is no newer one. */
export interface Inspection {
  readonly details: ProcessDetails | null;
  readonly error: MonitorError | null;
}

export interface ProcessInspectorOptions {
  readonly clock: Clock;
  readonly process: ProcessIdentity;
  readonly request: (method: string, params: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

/** The method that answers with `processDetailsSchema`. */
export const inspectMethod = 'process.inspect';

/** How long after an answer the next is asked for. */
const everyMs = 3_000;

/** After these there will be no other answer: the process is gone, or this client may not ask. */
const finalCodes: ReadonlySet<MonitorError['code']> = new Set([
  'notFound',
  'invalidState',
  'forbidden',
  'unsupported',
]);

/** Asks for the facts of one process while somebody listens, never twice at once. */
export class ProcessInspector {
  readonly #options: ProcessInspectorOptions;
  readonly #listeners = new Set<() => void>();
  #scope: TaskScope | null = null;
  #inspection: Inspection = { details: null, error: null };

  constructor(options: ProcessInspectorOptions) {
    this.#options = options;
  }

  /** What is known. The same object until it changes. */
  readonly inspection = (): Inspection => this.#inspection;

  /** Hears of changes of `inspection`. Returns the unsubscribe; after the last of them nothing is asked any more. */
  readonly onInspection = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#scope ??= this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      void this.#scope?.close('no longer shown');
      this.#scope = null;
    };
  };

  #start(): TaskScope {
    const { clock, process, request } = this.#options;
    const params = { pid: process.pid, startTicks: process.startTicks };
    const scope = new TaskScope('inspector', { clock });
    scope.spawn('inspect', async (signal) => {
      while (!signal.aborted) {
        const next = await ask(() => request(inspectMethod, params));
        if (signal.aborted) return;
        this.#publish({ ...this.#inspection, ...next });
        if (next.error && finalCodes.has(next.error.code)) return;
        await clock.sleep(everyMs, signal);
      }
    });
    return scope;
  }

  #publish(inspection: Inspection): void {
    this.#inspection = inspection;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Details where there are any; those that were known stay beside an error. */
async function ask(
  request: () => Promise<unknown>,
): Promise<Partial<Inspection> & Pick<Inspection, 'error'>> {
  try {
    const parsed = v.safeParse(processDetailsSchema, await request());
    if (parsed.success) return { details: parsed.output, error: null };
    return { error: new MonitorError('invalidMessage', 'The host’s answer cannot be read.') };
  } catch (thrown) {
    return { error: MonitorError.from(thrown) };
  }
}
