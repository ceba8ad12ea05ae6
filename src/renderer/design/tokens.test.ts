import { describe, expect, it } from 'vitest';
import { blindnesses, contrastOf, differenceOf } from './testing/color-science.ts';
import { looks, readColorToken, readRule, type Look } from './testing/read-tokens.ts';

/** What lies behind text. */
const surfaces = ['page', 'surface', 'surface-raised', 'surface-sunken', 'surface-field'] as const;
const everySurface = [...surfaces, 'surface-current', 'surface-chosen'] as const;

/** Which text stands on what. */
const textPairs: readonly (readonly [text: string, behind: string])[] = [
  ...['text', 'text-muted', 'text-faint'].flatMap((text) =>
    everySurface.map((behind) => [text, behind] as const),
  ),
  ...['accent', 'good', 'warn', 'bad'].flatMap((text) => surfaces.map((behind) => [text, behind] as const)),
  ['accent', 'surface-current'],
  ['text', 'unseen'],
  ['text-muted', 'unseen'],
  ['accent-text', 'accent'],
  ['bad-text', 'bad'],
  ['warn', 'warn-surface'],
  ['text', 'warn-surface'],
  ['text-muted', 'warn-surface'],
  ['tooltip-text', 'tooltip'],
];

/** What is known by its shape: frames of controls, the focus, lines of charts. */
const shapes = ['control-line', 'focus', 'accent', ...[1, 2, 3, 4, 5, 6, 7, 8].map((at) => `series-${at}`)];

/** The series that one chart shows, by the tokens that the cards name. */
const charts: Readonly<Record<string, readonly string[]>> = {
  processor: ['series-user', 'series-system', 'series-iowait', 'series-steal'],
  load: ['series-user', 'series-steal', 'series-frequency'],
  memory: ['series-memory', 'series-cached', 'series-buffers'],
  network: ['series-in', 'series-out'],
  disk: ['series-read', 'series-written'],
  pressure: ['series-iowait', 'series-system'],
  process: ['series-user', 'series-memory'],
};

/** 100 times the distance in OKLab. Four times what is just seen side by side: a thin line is smaller than a patch. */
const leastDifference = 8;
/** Of the few that one chart stacks or overlays. */
const leastInOneChart = 10;

const failing = (look: Look, pairs: readonly (readonly [string, string])[], least: number): string[] =>
  pairs.flatMap(([one, other]) => {
    const ratio = contrastOf(readColorToken(one, look), readColorToken(other, look));
    return ratio >= least ? [] : [`${one} on ${other}: ${ratio.toFixed(2)}`];
  });

const pairsOf = (names: readonly string[]): (readonly [string, string])[] =>
  names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other] as const));

describe.each(looks)('$scheme with $contrast contrast', (look) => {
  it('has every text at 4.5 : 1 on what it stands on, and at 7 : 1 with high contrast', () => {
    expect(failing(look, textPairs, look.contrast === 'high' ? 7 : 4.5)).toEqual([]);
  });

  it('has every frame of a control, the focus and every series at 3 : 1', () => {
    const pairs = shapes.flatMap((shape) =>
      ['page', 'surface', 'surface-raised'].map((behind) => [shape, behind] as const),
    );
    expect(failing(look, pairs, 3)).toEqual([]);
  });

  it.each([undefined, ...blindnesses])('keeps the eight series apart with blindness %s', (blindness) => {
    const names = [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `series-${at}`);
    const alike = pairsOf(names).flatMap(([one, other]) => {
      const difference = differenceOf(readColorToken(one, look), readColorToken(other, look), blindness);
      return difference >= leastDifference ? [] : [`${one} and ${other}: ${difference.toFixed(1)}`];
    });
    expect(alike).toEqual([]);
  });

  it.each(Object.keys(charts))('keeps the series of the chart of %s apart for everybody', (chart) => {
    const alike = pairsOf(charts[chart]!).flatMap(([one, other]) =>
      [undefined, ...blindnesses].flatMap((blindness) => {
        const difference = differenceOf(readColorToken(one, look), readColorToken(other, look), blindness);
        return difference >= leastInOneChart
          ? []
          : [`${one} and ${other}, ${blindness}: ${difference.toFixed(1)}`];
      }),
    );
    expect(alike).toEqual([]);
  });
});

describe('the tokens', () => {
  it('have one line for both schemes: none is written anew for dark alone', () => {
    expect([...readRule(":root[data-theme='dark']").keys()]).toEqual([]);
  });

  it('of high contrast are all tokens that there are', () => {
    const known = readRule(':root');
    expect([...readRule(":root[data-contrast='high']").keys()].filter((name) => !known.has(name))).toEqual(
      [],
    );
  });
});
