import { t } from '../../../shared/texts/texts.ts';
import type { Catalogue } from '../../../shared/texts/en/catalogue.ts';
import type { TableRow } from '../../store/processes/table-row.ts';
import { showName } from '../show-name.ts';

/** What the letters of proc_pid_stat(5) mean. */
const states: Readonly<Record<string, keyof Catalogue['processes']['states']>> = {
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

/** Of these there is more to say than the word. */
const told = ['waiting', 'traced', 'stopped', 'ended'] as const;

/** A state by its name, which no language changes; the letter itself where it is not known. */
export function stateName(letter: string): string {
  return states[letter] ?? letter;
}

/** A state in a word; the letter itself where it is not known. */
export function stateWord(letter: string): string {
  const state = states[letter];
  return state === undefined ? letter : t(`processes:states.${state}`);
}

/** A state in a sentence, where there is more to say than the word. */
export function stateSentence(letter: string): string {
  const state = told.find((each) => each === states[letter]);
  return state === undefined ? stateWord(letter) : t(`processes:sentences.${state}`);
}

/** Whether it was stopped, so that it can only be continued. */
export function isStopped(letter: string): boolean {
  return letter === 'T' || letter === 't';
}

/** A process as sentences name it. */
export function nameProcess({ name, pid }: Pick<TableRow, 'name' | 'pid'>): string {
  return `${name === '' ? t('processes:process') : showName(name)} (${pid})`;
}

/** How old a row is that was not read with the others; null for one that was. */
export function describeAge(ageMs: number): string | null {
  if (ageMs < 1_000) return null;
  return t('processes:age', { seconds: Math.round(ageMs / 1_000) });
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
