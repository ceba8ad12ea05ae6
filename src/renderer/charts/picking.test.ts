import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookOf, nothingPicked, pickColors, press, solo, type Picking } from './picking.ts';

const few = ['a', 'b', 'c'];
const many = Array.from({ length: 20 }, (_, at) => `core ${at}`);
const shown = (picking: Picking, keys: readonly string[]): string[] =>
  keys.filter((key) => lookOf(picking, key, keys) !== null);

describe('picking of few', () => {
  it('hides and shows, and keeps every other colour as it is', () => {
    const hidden = press(nothingPicked, 'b', few);
    expect(shown(hidden, few)).toEqual(['a', 'c']);
    expect(lookOf(hidden, 'c', few)).toEqual({ color: 'series-3' });
    expect(shown(press(hidden, 'b', few), few)).toEqual(few);
  });

  it('never hides them all', () => {
    expect(
      shown(
        few.reduce((picking, key) => press(picking, key, few), nothingPicked),
        few,
      ),
    ).toEqual(few);
  });

  it('shows one alone, then all again', () => {
    const alone = solo(nothingPicked, 'b', few);
    expect(shown(alone, few)).toEqual(['b']);
    expect(shown(solo(alone, 'b', few), few)).toEqual(few);
  });

  it('lets the one that is pointed at outshine the others, and shows it though it is hidden', () => {
    const picking = { ...press(nothingPicked, 'a', few), highlighted: 'a' };
    expect(lookOf(picking, 'a', few)).toEqual({ color: 'series-1' });
    expect(lookOf(picking, 'b', few)).toEqual({ color: 'series-2', emphasis: 'faint' });
  });
});

describe('picking of many', () => {
  it('draws them grey, and the picked ones in colours that nobody else has', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...many), { maxLength: 60 }), (pressed) => {
        const picking = pressed.reduce((before, key) => press(before, key, many), nothingPicked);
        const colors = many
          .map((key) => lookOf(picking, key, many)!)
          .filter(({ emphasis }) => emphasis === undefined)
          .map(({ color }) => color);
        expect(new Set(colors).size).toBe(colors.length);
        expect(colors.length).toBeLessThanOrEqual(pickColors.length);
        expect(shown(picking, many)).toHaveLength(many.length);
      }),
    );
  });

  it('shows only what is picked, alone or some, and all again once nothing is', () => {
    const alone = solo(nothingPicked, 'core 7', many);
    expect(shown(alone, many)).toEqual(['core 7']);
    expect(shown(press(alone, 'core 9', many), many)).toEqual(['core 7', 'core 9']);
    expect(shown(press(alone, 'core 7', many), many)).toEqual(many);
    expect(shown(solo(alone, 'core 7', many), many)).toEqual(many);
  });
});
