import { choices, type Preferences } from '../../shared/preferences/preferences.ts';
import { t } from '../../shared/texts/texts.ts';
import { Button } from '../design/components/button.tsx';
import { IconButton } from '../design/components/icon-button.tsx';
import { Popover } from '../design/components/popover.tsx';
import { ToggleGroup } from '../design/components/toggle-group.tsx';
import { changePreferences, usePreferences } from '../preferences/preferences.ts';
import { enterKiosk } from './kiosk/use-kiosk-command.ts';

/** What of the look is chosen without leaving the page. */
const looks = ['theme', 'contrast', 'density'] as const;
type LookName = (typeof looks)[number];

export interface AppearanceProps {
  /** Name of the page that a wall screen would show first; without it none is offered. */
  readonly page?: string;
}

/** How the pages look: theme, contrast and density, in force at once; and the way to the wall screen. */
export function Appearance({ page }: AppearanceProps) {
  const preferences = usePreferences();
  const { theme } = preferences;
  return (
    <Popover
      title={t('pages:appearance.title')}
      testId="appearance"
      trigger={
        <IconButton
          icon={`theme-${theme}`}
          label={t('pages:appearance.title')}
          data-testid="theme-toggle"
          data-theme-choice={theme}
        />
      }
    >
      {looks.map((look) => (
        <Look key={look} look={look} chosen={preferences[look]} />
      ))}
      {page !== undefined && (
        <Button icon="monitor" data-testid="enter-kiosk" onClick={() => enterKiosk(page)}>
          {t('kiosk:enter')}
        </Button>
      )}
    </Popover>
  );
}

function Look({ look, chosen }: { readonly look: LookName; readonly chosen: Preferences[LookName] }) {
  return (
    <div className="appearance">
      <span aria-hidden="true">{t(`pages:appearance.${look}.label`)}</span>
      <ToggleGroup
        label={t(`pages:appearance.${look}.label`)}
        value={chosen}
        options={choices[look].map((value) => ({ value, label: nameLook(look, value) }))}
        onChange={(value) => changePreferences({ [look]: value })}
        testId={`look-${look}`}
      />
    </div>
  );
}

function nameLook(look: LookName, value: Preferences[LookName]): string {
  const names: Readonly<Record<string, () => string>> = {
    'theme.system': () => t('pages:appearance.theme.system'),
    'theme.light': () => t('pages:appearance.theme.light'),
    'theme.dark': () => t('pages:appearance.theme.dark'),
    'contrast.system': () => t('pages:appearance.contrast.system'),
    'contrast.normal': () => t('pages:appearance.contrast.normal'),
    'contrast.high': () => t('pages:appearance.contrast.high'),
    'density.comfortable': () => t('pages:appearance.density.comfortable'),
    'density.compact': () => t('pages:appearance.density.compact'),
  };
  return names[`${look}.${value}`]!();
}
