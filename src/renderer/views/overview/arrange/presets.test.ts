import { expect, it } from 'vitest';
import { defaultLayout, deriveTiles, tileIds } from '../../../../shared/preferences/layout.ts';
import { arrangeBands } from '../arrange-bands.ts';
import { changeTile } from './edit-layout.ts';
import { findPreset, presetLayout, presetNames } from './presets.ts';

it('fits every preset onto one screen: at most four rows as high as a small tile', () => {
  for (const name of presetNames) {
    const shown = deriveTiles(presetLayout(name)).filter(({ hidden }) => !hidden);
    const heights = arrangeBands(shown, 4).bands.map(({ height }) => height as number);
    expect([name, heights.reduce((sum, height) => sum + height, 0) <= 4]).toEqual([name, true]);
    expect(deriveTiles(presetLayout(name)).map(({ tile }) => tile).sort()).toEqual([...tileIds].sort()); // prettier-ignore
  }
});

it('knows which preset a layout is, until it is changed', () => {
  for (const name of presetNames) expect(findPreset(presetLayout(name))).toBe(name);
  expect(findPreset(defaultLayout)).toBe('balanced');
  expect(findPreset({ tiles: [] })).toBe('balanced');
  expect(findPreset(changeTile(presetLayout('wall'), 'memory', { pinned: true }))).toBe(null);
});
