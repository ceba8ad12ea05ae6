import type { ColorToken } from './chart-colors.ts';

/** Colours that picked lines take, which colour-blind people can tell apart. */
export const pickColors = [
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
  'series-7',
  'series-8',
] as const satisfies readonly ColorToken[];

/** Which of many lines are looked at. Up to eight have a colour each and are hidden or shown; of more, some are picked. */
export interface Picking {
  readonly hidden: ReadonlySet<string>;
  /** Of more than eight: those that have a colour, by their place among the colours. */
  readonly picked: ReadonlyMap<string, number>;
  /** Whether those that are not picked are left out. */
  readonly onlyPicked: boolean;
  /** Pointed at or focused. */
  readonly highlighted: string | null;
}

export const nothingPicked: Picking = {
  hidden: new Set(),
  picked: new Map(),
  onlyPicked: false,
  highlighted: null,
};

/** Whether there are too many lines for a colour each. */
export function isCrowd(keys: readonly string[]): boolean {
  return keys.length > pickColors.length;
}

/** What pressing a line's name does: of few it is hidden or shown, of many it is picked or let go. */
export function press(picking: Picking, key: string, keys: readonly string[]): Picking {
  if (!isCrowd(keys)) {
    const hidden = new Set(picking.hidden);
    if (!hidden.delete(key)) hidden.add(key);
    // Nothing at all is not what anybody wants to see: the last one brings back the others.
    return { ...picking, hidden: keys.every((other) => hidden.has(other)) ? new Set() : hidden };
  }
  const picked = new Map(picking.picked);
  if (picked.delete(key)) return { ...picking, picked, onlyPicked: picking.onlyPicked && picked.size > 0 };
  // A ninth takes the colour of the one that was picked first.
  const oldest = [...picked.keys()][0];
  if (picked.size === pickColors.length && oldest !== undefined) picked.delete(oldest);
  const taken = new Set(picked.values());
  picked.set(
    key,
    pickColors.findIndex((_, place) => !taken.has(place)),
  );
  return { ...picking, picked };
}

/** Shows one alone; all again where it is alone already. */
export function solo(picking: Picking, key: string, keys: readonly string[]): Picking {
  if (isCrowd(keys)) {
    const isAlone = picking.onlyPicked && picking.picked.size === 1 && picking.picked.has(key);
    return isAlone
      ? { ...picking, picked: new Map(), onlyPicked: false }
      : { ...picking, picked: new Map([[key, 0]]), onlyPicked: true };
  }
  const others = keys.filter((other) => other !== key);
  const isAlone = !picking.hidden.has(key) && others.every((other) => picking.hidden.has(other));
  return { ...picking, hidden: new Set(isAlone ? [] : others) };
}

/** How one line is drawn; null where it is hidden. */
export interface PickedLook {
  readonly color: ColorToken;
  readonly emphasis?: 'grey' | 'faint';
}

export function lookOf(picking: Picking, key: string, keys: readonly string[]): PickedLook | null {
  const { hidden, picked, onlyPicked, highlighted } = picking;
  if (hidden.has(key) && highlighted !== key) return null;
  const place = isCrowd(keys) ? picked.get(key) : keys.indexOf(key);
  if (place === undefined) {
    if (highlighted === key) return { color: 'text' };
    return onlyPicked ? null : { color: 'text-faint', emphasis: 'grey' };
  }
  const isOutshone = highlighted !== null && highlighted !== key;
  return { color: pickColors[place]!, ...(isOutshone && { emphasis: 'faint' }) };
}
