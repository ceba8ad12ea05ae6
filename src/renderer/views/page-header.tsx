import { PaletteButton } from '../commands/palette-button.tsx';
import { formatDuration } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import { IconLink } from '../design/components/icon-link.tsx';
import { useSession, useStatus, useTopic } from '../session-context.ts';
import { Appearance } from './appearance.tsx';
import { ConnectionPill } from './connection-banner.tsx';
import { HeaderToolsPlace } from './header-tools.tsx';
import { Mark } from './mark.tsx';
import type { Page } from './pages.ts';

export interface PageHeaderProps {
  readonly pages: readonly Page[];
  readonly shown: Page;
}

/** Which machine this is and how it is connected, what the page offers, and what is the same on all of them. */
export function PageHeader({ pages, shown }: PageHeaderProps) {
  const { welcome } = useStatus();
  const { data: host } = useTopic('host');
  const settings = pages.find(({ name }) => name === 'settings');
  return (
    <header className="page-header">
      <div className="page-header__host">
        <Mark />
        <h1 translate="no" data-testid="page-host">
          {host?.hostname ?? welcome?.host.name ?? t('appName')}
        </h1>
        <p>
          {host ? (
            <>
              <AccessEnd />
              <span className="page-header__system" translate="no">
                {host.operatingSystem}
              </span>
              <span data-testid="host-uptime">
                {t('pages:header.uptime', { duration: formatDuration(host.uptimeSeconds) })}
              </span>
            </>
          ) : (
            <span>{t('pages:header.waiting')}</span>
          )}
        </p>
      </div>
      <HeaderToolsPlace />
      <div className="page-header__tools">
        <ConnectionPill />
        <PaletteButton />
        <Appearance page={shown.name} />
        {settings && (
          <IconLink
            icon="settings"
            label={settings.title}
            href={`#${settings.name}`}
            isCurrent={settings === shown}
          />
        )}
      </div>
    </header>
  );
}

/** From here on it is worth saying that access ends. */
const soonMs = 24 * 3_600_000;

/** How much longer this device is let in, where that is less than a day: a guest, or one that may act. */
function AccessEnd() {
  const { accessEndsWallMs } = useStatus();
  const { store } = useSession();
  const leftMs = (accessEndsWallMs ?? Infinity) - store.nowX;
  if (!(leftMs > 0 && leftMs < soonMs)) return null;
  return (
    <span className="page-header__end" data-testid="access-end">
      {leftMs < 60_000
        ? t('pages:header.accessEndsSoon')
        : t('pages:header.accessEnds', { duration: formatMinutes(leftMs) })}
    </span>
  );
}

/** Hours and minutes, without seconds that would only make it restless. */
function formatMinutes(leftMs: number): string {
  return formatDuration(Math.floor(leftMs / 60_000) * 60).replace(/ 0 (s|min)$/, '');
}
