import * as v from 'valibot';
import type { ProcessAction, ProcessIdentity } from '../../../shared/series/raw/process.ts';

/** What can be asked to be done to a process. */
export type Deed = ProcessAction | 'renice';

/** Whether a deed cannot be taken back by another. What it is called and means is in the texts: `processes:deeds`. */
export function isDestructive(deed: Deed): boolean {
  return deed === 'end' || deed === 'kill' || deed === 'stop';
}

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
