import { t } from '../../../../shared/texts/texts.ts';
import type { Command } from '../../../commands/command.ts';
import { changePreferences, readPreferences } from '../../../preferences/preferences.ts';
import type { Arranging } from './arranging.ts';
import { presetLayout, presetNames } from './presets.ts';

/** What can be done to the overview by keys and from the palette. */
export function deriveLayoutCommands({ isOn, setOn, replace }: Arranging): readonly Command[] {
  return [
    { id: 'layout.arrange', title: () => t('layout:commands.arrange'), group: 'layout', keys: 'a', run: () => setOn(!isOn) },
    { id: 'layout.done', title: () => t('layout:commands.done'), group: 'layout', keys: 'Escape', run: () => setOn(false), isEnabled: () => isOn },
    ...presetNames.map((name) => ({
      id: `layout.preset.${name}`,
      title: () => t('layout:commands.preset', { preset: t(`layout:presets.${name}`) }),
      group: 'layout' as const,
      run: () => replace(presetLayout(name), t('layout:news.preset', { preset: t(`layout:presets.${name}`) })),
    })),
    {
      id: 'layout.density',
      title: () => t('layout:commands.density'),
      group: 'layout',
      run: () => changePreferences({ density: readPreferences().density === 'compact' ? 'comfortable' : 'compact' }),
    },
    { id: 'layout.reset', title: () => t('layout:commands.reset'), group: 'layout', run: () => replace(null, t('layout:news.reset')) },
  ]; // prettier-ignore
}
