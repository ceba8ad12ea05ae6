import { t } from '../../../shared/texts/texts.ts';
import { Icon, type IconName } from '../../design/components/icon.tsx';
import { useStatus } from '../../session-context.ts';
import { ConnectionPill, isStale } from '../connection-banner.tsx';
import { useQuickActions } from './quick-actions.ts';
import { quickSubjects } from './quick-figures.ts';
import { QuickProcesses } from './quick-processes.tsx';
import { QuickSubjectEntry } from './quick-subject.tsx';
import { QuickVitals } from './quick-vitals.tsx';
import { TrayIconField } from './tray-icon-field.tsx';
import { useQuickReadings } from './use-quick-readings.ts';

/** The quick view as it comes from the tray: four subjects, the busiest processes, and the way to the rest. */
export function QuickPanel() {
  const { open, setOnTop, quit } = useQuickActions();
  const { readings, tops } = useQuickReadings();
  const status = useStatus();
  const stale = isStale(status);
  return (
    <div className="quick" data-testid="quick-view">
      <header className="quick__header">
        <h1>{status.welcome?.host.name ?? t('appName')}</h1>
        {status.connection.phase !== 'live' && stale && <ConnectionPill />}
        <Tool icon="pin" label={t('quick:pin')} testId="quick-pin" onClick={() => setOnTop(true)} />
        <Tool
          icon="settings"
          label={t('quick:settings')}
          testId="quick-settings"
          onClick={() => open('settings')}
        />
      </header>
      <main className={stale ? 'quick__body is-stale' : 'quick__body'} data-stale={stale}>
        {quickSubjects.map((subject, place) => (
          <QuickSubjectEntry
            key={subject}
            subject={subject}
            reading={readings[subject]}
            top={tops[subject]}
            place={place}
          />
        ))}
        <QuickProcesses place={quickSubjects.length} />
        <QuickVitals />
      </main>
      <footer className="quick__footer">
        <button
          type="button"
          className="primary"
          data-testid="open-dashboard"
          onClick={() => open('overview')}
        >
          {t('quick:open')}
        </button>
        <TrayIconField />
        <Tool icon="power" label={t('quick:quit')} testId="quit" onClick={quit} />
      </footer>
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly testId: string;
  readonly onClick: () => void;
}

function Tool({ icon, label, testId, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className="quick__tool"
      data-testid={testId}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
