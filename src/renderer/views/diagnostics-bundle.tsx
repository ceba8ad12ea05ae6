import { useState } from 'react';
import { formatDiagnosticsReport, nameDiagnosticsReport } from '../../shared/protocol/diagnostics-file.ts';
import type { SaveAnswer } from '../../shared/protocol/ipc-channels.ts';
import { t } from '../../shared/texts/texts.ts';
import { Button } from '../design/components/button.tsx';
import { Checkbox } from '../design/components/checkbox.tsx';
import { saveFile } from '../save-file.ts';
import { useSession, useStatus } from '../session-context.ts';
import type { Session } from '../session.ts';
import { findBridge } from '../transport/find-bridge.ts';
import { showName } from './show-name.ts';

const method = 'diagnostics.report';

/** Saves what helps to find a fault of the host. Only for those whom the host lets ask for it. */
export function DiagnosticsBundle() {
  const session = useSession();
  const { welcome } = useStatus();
  const [isFull, setFull] = useState(false);
  const [progress, setProgress] = useState<SaveAnswer | { readonly status: 'saving' } | null>(null);
  if (welcome?.capabilities.methods.includes(method) !== true) return null;
  const save = (): void => {
    setProgress({ status: 'saving' });
    saveBundle(session, isFull).then(setProgress, (thrown: unknown) =>
      setProgress({ status: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
  };
  return (
    <section className="card bundle" data-testid="card-bundle" aria-label={t('diagnostics:bundle.title')}>
      <header className="card__header">
        <h2>{t('diagnostics:bundle.title')}</h2>
      </header>
      <p>
        {t('diagnostics:bundle.what')} <span className="quiet">{t('diagnostics:bundle.leftOut')}</span>
      </p>
      <div className="bundle__deed">
        <Checkbox
          label={t('diagnostics:bundle.full')}
          description={t('diagnostics:bundle.fullMeaning')}
          isChecked={isFull}
          onChange={setFull}
          testId="bundle-full"
        />
        <Button data-testid="save-diagnostics" disabled={progress?.status === 'saving'} onClick={save}>
          {t('diagnostics:bundle.save')}
        </Button>
      </div>
      <p className="bundle__outcome" role="status" data-testid="bundle-outcome">
        {progress?.status === 'done' && t('diagnostics:bundle.saved')}
        {progress?.status === 'failed' &&
          t('diagnostics:bundle.failed', { message: showName(progress.message) })}
      </p>
    </section>
  );
}

/** The app asks where to, and its main process writes the file; everywhere else the browser saves what the host answers. */
async function saveBundle(session: Session, full: boolean): Promise<SaveAnswer> {
  const bridge = findBridge();
  // A window on another host is no dashboard of this one: what it saves is that host's.
  if (bridge && (await bridge.invoke('appInfo')).mayWatchHosts)
    return bridge.invoke('saveDiagnostics', { full });
  const text = formatDiagnosticsReport(await session.request(method, { full }));
  const name = nameDiagnosticsReport(new Date(session.clock.wall()).toISOString());
  saveFile(session.clock, name, new Blob([text], { type: 'application/json' }));
  return { status: 'done' };
}
