import { kioskDims, kioskTurnsSeconds } from '../../../shared/preferences/kiosk.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { Select } from '../../design/components/select.tsx';
import { changePreferences, usePreferences } from '../../preferences/preferences.ts';
import type { Page } from '../pages.ts';
import type { KioskScreen } from './use-kiosk-screen.ts';

export interface KioskBarProps {
  readonly pages: readonly Page[];
  readonly shown: readonly Page[];
  readonly screen: KioskScreen;
  readonly onLeave: () => void;
}

/** How the wall screen is changed and left; there while somebody is at it. */
export function KioskBar({ pages, shown, screen, onLeave }: KioskBarProps) {
  const { kioskTurnSeconds, kioskDim } = usePreferences();
  const toggle = (page: Page): void => {
    const names = shown.includes(page)
      ? shown.filter((each) => each !== page).map(({ name }) => name)
      : [...shown, page].map(({ name }) => name);
    changePreferences({ kioskPages: names });
  };
  return (
    <aside className="kiosk__bar" aria-label={t('kiosk:controls')} data-testid="kiosk-bar">
      <div className="kiosk__pages" role="group" aria-label={t('kiosk:pages')}>
        {pages
          .filter(({ demands, needs }) => demands.length > 0 || needs.length > 0)
          .map((page) => (
            <Button
              key={page.name}
              size="small"
              isPressed={shown.includes(page)}
              onClick={() => toggle(page)}
            >
              {page.shortTitle}
            </Button>
          ))}
      </div>
      <div className="kiosk__choices">
        <Select
          label={t('kiosk:turn.label')}
          value={kioskTurnSeconds}
          options={kioskTurnsSeconds.map((value) => ({ value, label: t(`kiosk:turn.${value}`) }))}
          onChange={(value) => changePreferences({ kioskTurnSeconds: value })}
          testId="kiosk-turn"
        />
        <Select
          label={t('kiosk:dim.label')}
          value={kioskDim}
          options={kioskDims.map((value) => ({ value, label: t(`kiosk:dim.${value}`) }))}
          onChange={(value) => changePreferences({ kioskDim: value })}
          testId="kiosk-dim"
        />
        <p className="kiosk__awake">{t(`kiosk:awake.${screen.wakeLock}`)}</p>
        {screen.toggleFull && (
          <Button icon="fullscreen" isPressed={screen.isFull} onClick={screen.toggleFull}>
            {t('kiosk:full')}
          </Button>
        )}
        <Button icon="close" data-testid="kiosk-leave" onClick={onLeave}>
          {t('kiosk:leave')}
        </Button>
      </div>
    </aside>
  );
}
