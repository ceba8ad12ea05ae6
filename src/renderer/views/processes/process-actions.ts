import * as v from 'valibot';
import type { ProcessAction, ProcessIdentity } from '../../../shared/series/raw/process.ts';

/** What can be asked to be done to a process. */
export type Deed = ProcessAction | 'renice';

interface DeedWords {
  readonly verb: string;
  /** What it does, before it is confirmed. */
  readonly meaning: string;
  /** What was done, after the process's name. */
  readonly done: string;
  readonly destructive: boolean;
}

export const deedWords: Readonly<Record<Deed, DeedWords>> = {
  end: {
    verb: 'End',
    meaning: 'It is asked to end (SIGTERM), and may save its work first, or refuse.',
    done: 'was asked to end',
    destructive: true,
  },
  kill: {
    verb: 'Kill',
    meaning: 'It is ended at once (SIGKILL). What it has not saved is lost.',
    done: 'was killed',
    destructive: true,
  },
  stop: {
    verb: 'Stop',
    meaning: 'It stands still (SIGSTOP) until it is continued, and so does whatever waits for it.',
    done: 'was stopped',
    destructive: true,
  },
  continue: {
    verb: 'Continue',
    meaning: 'It goes on from where it was stopped (SIGCONT).',
    done: 'was continued',
    destructive: false,
  },
  renice: {
    verb: 'Renice',
    meaning:
      'How much it gives way to others: −20 is served first, 19 last. Less than it has now usually needs root.',
    done: 'has another nice value',
    destructive: false,
  },
};

const methods = { signal: 'process.signal', renice: 'process.renice' } as const;

/** What a client that was granted these methods may do to a process that is stopped or is not, in the order of buttons. */
export function grantedDeeds(granted: readonly string[], stopped: boolean): readonly Deed[] {
  const signals: readonly Deed[] = ['end', 'kill', stopped ? 'continue' : 'stop'];
  return [
    ...(granted.includes(methods.signal) ? signals : []),
    ...(granted.includes(methods.renice) ? (['renice'] as const) : []),
  ];
}

/** The request that does a deed. `nice` is of `renice` only. */
export function deedRequest(
  deed: Deed,
  { pid, startTicks }: ProcessIdentity,
  nice: number,
): { readonly method: string; readonly params: Readonly<Record<string, unknown>> } {
  return deed === 'renice'
    ? { method: methods.renice, params: { pid, startTicks, nice } }
    : { method: methods.signal, params: { pid, startTicks, action: deed } };
}

/** What was typed as a nice value; null where it is none. */
export function parseNice(text: string): number | null {
  const schema = v.pipe(v.number(), v.integer(), v.minValue(-20), v.maxValue(19));
  const parsed = v.safeParse(schema, text.trim() === '' ? NaN : Number(text.trim().replace('−', '-')));
  return parsed.success ? parsed.output : null;
}
