import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { ChartToolbar } from '../charts/chart-toolbar.tsx';
import { t } from '../../shared/texts/texts.ts';
import { useCommands } from '../commands/commands-context.ts';
import { derivePageCommands } from '../commands/page-commands.ts';
import { useDemands, useStatus } from '../session-context.ts';
import { PairingRequests } from './access/pairing-requests.tsx';
import { onAddress, openAddress, parseAddress, readFragment } from './address.ts';
import { ConnectionBanner, isStale } from './connection-banner.tsx';
import { isKioskAddress } from './kiosk/kiosk-address.ts';
import { Kiosk } from './kiosk/kiosk.tsx';
import { useKioskCommand } from './kiosk/use-kiosk-command.ts';
import { HeaderTools } from './header-tools.tsx';
import { Navigation } from './navigation.tsx';
import { PageHeader } from './page-header.tsx';
import { findPage, grantedPages, type Page } from './pages.ts';
import { PlainTextWarning } from './plain-text-warning.tsx';
import { settingsCommands } from './settings/settings-commands.ts';
import { standingDemands } from './standing-demands.ts';
import { usePageFocus } from './use-page-focus.ts';
import { Tour } from './tour/tour.tsx';

/** The dashboard of one host: the page that the address names, and the way to the others. */
export function DashboardPage() {
  useDemands('standing', standingDemands);
  const status = useStatus();
  const { welcome } = status;
  const granted = useMemo(() => grantedPages(welcome?.capabilities.topics ?? null), [welcome]);
  const fragment = useSyncExternalStore(onAddress, readFragment);
  const page = findPage(fragment, granted);
  const isKiosk = isKioskAddress(fragment);
  useKioskCommand(page.name, isKiosk);
  useCommands(useMemo(() => derivePageCommands(granted, openPage), [granted]));
  const { content, announcer } = usePageFocus(page, page.title);
  useCommands(settingsCommands);
  useDemands(page.name, page.demands);

  const host = welcome?.host.name;
  useEffect(() => {
    const where = page.name === 'overview' ? [] : [page.title];
    document.title = [...where, ...(host ? [host] : []), t('appName')].join(' – ');
  }, [host, page]);

  if (isKiosk) return <Kiosk pages={granted} entered={page} onLeave={leaveKiosk} />;
  const stale = isStale(status);
  return (
    <div className={stale ? 'page page--stale' : 'page'} data-testid="dashboard" data-page={page.name}>
      <button type="button" className="skip" onClick={() => content.current?.focus()}>
        {t('pages:skip')}
      </button>
      <PlainTextWarning />
      <PageHeader pages={granted} shown={page} />
      {page.hasCharts && (
        <HeaderTools>
          <ChartToolbar />
        </HeaderTools>
      )}
      <Navigation pages={granted} shown={page} />
      <main
        ref={content}
        tabIndex={-1}
        aria-label={page.title}
        className={stale ? 'page__body is-stale' : 'page__body'}
        data-stale={stale}
      >
        <PairingRequests />
        <page.component key={page.name} />
      </main>
      <ConnectionBanner />
      <p ref={announcer} className="visually-hidden" role="status" data-testid="announcer" />
      <Tour />
    </div>
  );
}

function openPage({ name }: Page): void {
  openAddress(name);
}

function leaveKiosk(): void {
  openAddress(parseAddress(location.hash).page);
}
