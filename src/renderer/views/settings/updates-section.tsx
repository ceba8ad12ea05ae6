import type { ReactNode } from 'react';
import { formatBytes, formatMoment, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { FoundUpdate, UpdateStatus } from '../../../shared/updates/update-status.ts';
import { Button } from '../../design/components/button.tsx';
import { updateSetting } from './setting-list.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsSection } from './settings-page.tsx';
import { useUpdates, type UpdatesAccess } from './use-updates.ts';
import type { SettingsAccess } from './use-settings.ts';

/** By what the section is found. */
export function updateWords(): string[] {
  return [t('settings:groups.updates'), t('settings:updates.label'), t('settings:updates.help')];
}

/** Whether there is a newer version, what is new in it, and what is done about it. */
export function UpdatesSection({ access }: { readonly access: SettingsAccess }) {
  const updates = useUpdates();
  const { status } = updates;
  if (!status) return null;
  const update = 'update' in status ? status.update : null;
  return (
    <SettingsSection name="updates" title={t('settings:groups.updates')}>
      {status.phase !== 'off' && <SettingRow setting={updateSetting} access={access} />}
      <div className="setting" data-testid="update-status" data-phase={status.phase}>
        <div className="setting__text">
          <p role="status">{describe(status)}</p>
        </div>
        <div className="setting__control">
          <Deeds status={status} updates={updates} />
        </div>
        {update && update.notes !== null && <Notes update={update} notes={update.notes} />}
      </div>
    </SettingsSection>
  );
}

function describe(status: UpdateStatus): string {
  switch (status.phase) {
    case 'off':
      return t(`settings:updates.reason.${status.reason}`);
    case 'idle':
      if (status.checkedAtMs === null) return t('settings:updates.never');
      return t('settings:updates.newest', { when: formatMoment(status.checkedAtMs) });
    case 'checking':
      return t('settings:updates.checking');
    case 'available':
      return t('settings:updates.available', { version: status.update.version });
    case 'downloading': {
      const { update, receivedBytes } = status;
      const [received, total] = [receivedBytes, update.sizeBytes].map((bytes) =>
        showText(formatBytes(bytes)),
      );
      return t('settings:updates.downloading', { version: update.version, received, total });
    }
    case 'ready':
      return status.whenQuitting
        ? t('settings:updates.planned', { version: status.update.version })
        : t('settings:updates.ready', { version: status.update.version });
    case 'failed': {
      const why = t(`settings:updates.why.${status.why}`);
      return t(`settings:updates.failed.${status.during}`, { version: status.update?.version ?? '', why });
    }
  }
}

interface DeedsProps {
  readonly status: UpdateStatus;
  readonly updates: UpdatesAccess;
}

/** What can be done now. */
function Deeds({ status, updates: { act, install } }: DeedsProps): ReactNode {
  const check = (
    <Button
      data-testid="check-updates"
      isLoading={status.phase === 'checking'}
      onClick={() => act('checkForUpdates')}
    >
      {t('settings:updates.check')}
    </Button>
  );
  const fetch = (label: string) => (
    <Button variant="primary" data-testid="download-update" onClick={() => act('downloadUpdate')}>
      {label}
    </Button>
  );
  switch (status.phase) {
    case 'off':
      return null;
    case 'idle':
    case 'checking':
      return check;
    case 'available':
      return fetch(t('settings:updates.fetch'));
    case 'downloading':
      return (
        <Button data-testid="cancel-update" onClick={() => act('cancelDownload')}>
          {t('settings:updates.cancel')}
        </Button>
      );
    case 'failed':
      return status.update ? fetch(t('settings:updates.again')) : check;
    case 'ready':
      return (
        <>
          <Button
            data-testid="plan-update"
            onClick={() => install(status.whenQuitting ? 'later' : 'whenQuitting')}
          >
            {status.whenQuitting ? t('settings:updates.later') : t('settings:updates.quitting')}
          </Button>
          <Button variant="primary" data-testid="install-update" onClick={() => install('now')}>
            {t('settings:updates.now')}
          </Button>
        </>
      );
  }
}

interface NotesProps {
  readonly update: FoundUpdate;
  readonly notes: string;
}

/** As whoever released it wrote them, in their language. */
function Notes({ update, notes }: NotesProps) {
  return (
    <details className="settings__notes" open>
      <summary>
        {t('settings:updates.notes')} <span className="quiet">{update.version}</span>
      </summary>
      <p translate="no" data-testid="update-notes">
        {notes}
      </p>
    </details>
  );
}
