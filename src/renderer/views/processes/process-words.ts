import type { TableRow } from '../../store/processes/table-row.ts';
import { showName } from '../show-name.ts';

/** What the letters of proc_pid_stat(5) mean. */
const states: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'waiting',
  I: 'idle',
  T: 'stopped',
  t: 'traced',
  W: 'paging',
  P: 'parked',
  Z: 'ended',
  X: 'dead',
  x: 'dead',
};

const statesAtLength: Readonly<Record<string, string>> = {
  D: 'Waiting for a disk or another device; it cannot be ended until that answers',
  t: 'Stopped by a debugger',
  T: 'Stopped; it goes on when it is continued',
  Z: 'It has ended, and its parent has not asked for its result yet',
};

/** A state in a word; the letter itself where it is not known. */
export function stateWord(letter: string): string {
  return states[letter] ?? letter;
}

/** A state in a sentence, where there is more to say than the word. */
export function stateSentence(letter: string): string {
  return statesAtLength[letter] ?? stateWord(letter);
}

/** Whether it was stopped, so that it can only be continued. */
export function isStopped(letter: string): boolean {
  return letter === 'T' || letter === 't';
}

/** A process as sentences name it. */
export function nameProcess({ name, pid }: Pick<TableRow, 'name' | 'pid'>): string {
  return `${name === '' ? 'process' : showName(name)} (${pid})`;
}

/** How old a row is that was not read with the others; null for one that was. */
export function describeAge(ageMs: number): string | null {
  if (ageMs < 1_000) return null;
  return `Read ${Math.round(ageMs / 1_000)} s ago: a process that does nothing is not read every time.`;
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const monthAndYear = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const dayMs = 86_400_000;

/** A start as short as it can be told apart: the time of the last day, else the date. */
export function formatStart(wallMs: number, nowMs: number): string {
  const ageMs = nowMs - wallMs;
  if (ageMs < dayMs) return timeOfDay.format(wallMs);
  return (ageMs < 300 * dayMs ? dayAndMonth : monthAndYear).format(wallMs);
}

/** A moment in full. */
export function formatMoment(wallMs: number): string {
  return whole.format(wallMs);
}
