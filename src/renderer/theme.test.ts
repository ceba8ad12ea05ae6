import { describe, expect, it } from 'vitest';
import { defaultPreferences } from '../shared/preferences/preferences.ts';
import { deriveLook } from './theme.ts';

const plainDesktop = { wantsContrast: false, wantsLessMotion: false };
const needyDesktop = { wantsContrast: true, wantsLessMotion: true };

describe('deriveLook', () => {
  it('leaves the scheme to the desktop until one is chosen', () => {
    expect(deriveLook(defaultPreferences, plainDesktop).theme).toBeUndefined();
    expect(deriveLook({ ...defaultPreferences, theme: 'dark' }, plainDesktop).theme).toBe('dark');
  });

  it('takes high contrast and less motion from the desktop', () => {
    expect(deriveLook(defaultPreferences, plainDesktop)).toMatchObject({
      contrast: undefined,
      motion: undefined,
    });
    expect(deriveLook(defaultPreferences, needyDesktop)).toMatchObject({
      contrast: 'high',
      motion: 'reduced',
    });
  });

  it('takes what was chosen on a desktop that asks for nothing', () => {
    const chosen = {
      ...defaultPreferences,
      contrast: 'high',
      motion: 'reduced',
      density: 'compact',
    } as const;
    expect(deriveLook(chosen, plainDesktop)).toEqual({
      theme: undefined,
      contrast: 'high',
      motion: 'reduced',
      density: 'compact',
    });
  });

  it('lets normal contrast be chosen on a desktop that asks for more, but never more motion', () => {
    const chosen = { ...defaultPreferences, contrast: 'normal', motion: 'system' } as const;
    expect(deriveLook(chosen, needyDesktop)).toMatchObject({ contrast: undefined, motion: 'reduced' });
  });
});
