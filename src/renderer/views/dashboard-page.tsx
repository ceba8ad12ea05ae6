import { useEffect, useState } from 'react';
import { useDemand, useStatus } from '../session-context.ts';
import { ConnectionBanner, isStale } from './connection-banner.tsx';
import { DiagnosticsView } from './diagnostics-view.tsx';
import { Overview } from './overview.tsx';
import { PageHeader, type ViewName } from './page-header.tsx';

/** The dashboard of one host. */
export function DashboardPage() {
  // Of the page, not of a view: charts have no hole where another view was shown.
  useDemand('live', ['cpu', 'memory', 'network', 'disk'], 1_000);
  useDemand('slow', ['filesystem', 'host'], 5_000);
  const status = useStatus();
  const [view, setView] = useState<ViewName>(viewOfAddress);
  const name = status.welcome?.host.name;
  const refused =
    view === 'diagnostics' && status.welcome?.capabilities.topics.includes('diagnostics') === false;
  const shown = refused ? 'overview' : view;

  useEffect(() => {
    const follow = (): void => setView(viewOfAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  useEffect(() => {
    document.title = name ? `${name} – Pulsewire` : 'Pulsewire';
  }, [name]);

  return (
    <div className="page" data-testid="dashboard">
      <PageHeader view={shown} onView={(next) => (location.hash = next === 'overview' ? '' : next)} />
      <main className={isStale(status) ? 'page__body is-stale' : 'page__body'} data-stale={isStale(status)}>
        {shown === 'overview' ? <Overview /> : <DiagnosticsView />}
      </main>
      <ConnectionBanner />
    </div>
  );
}

function viewOfAddress(): ViewName {
  return location.hash === '#diagnostics' ? 'diagnostics' : 'overview';
}
