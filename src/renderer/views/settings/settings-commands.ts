import type { Command } from '../../commands/command.ts';
import { changePreferences, readPreferences } from '../../preferences/preferences.ts';
import { choices, type Preferences } from '../../../shared/preferences/preferences.ts';
import { pseudoLanguage } from '../../../shared/texts/languages.ts';
import { t } from '../../../shared/texts/texts.ts';
import { settingGroups } from './setting-list.ts';

const offered = [
  'theme',
  'language',
  'traffic',
  'multiples',
  'density',
] as const satisfies readonly (keyof Preferences & keyof typeof choices)[];

/** What of the settings is chosen often enough to have a command for each choice; and the tour. A constant. */
export const settingsCommands: readonly Command[] = [
  ...offered.flatMap((name) =>
    choices[name]
      .filter((value) => value !== pseudoLanguage)
      .map((value): Command => ({
        id: `settings.${name}.${value}`,
        title: () => describeChoice(name, value),
        group: 'view',
        run: () => changePreferences({ [name]: value }),
        isEnabled: () => readPreferences()[name] !== value,
      })),
  ),
  {
    id: 'settings.tour',
    title: () => t('tour:command'),
    group: 'app',
    run: () => changePreferences({ tourSeen: false }),
    isEnabled: () => readPreferences().tourSeen,
  },
];

function describeChoice(name: (typeof offered)[number], value: string): string {
  const setting = settingGroups.flatMap(({ settings }) => settings).find(({ key }) => key === `view.${name}`);
  const option = setting?.options?.find((each) => each.value === value);
  return t('settings:commands.choose', {
    setting: setting?.label() ?? name,
    value: option?.label() ?? value,
  });
}
