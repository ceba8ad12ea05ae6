import { useEffect, useState } from 'react';
import type { AppInfo } from '../../../shared/protocol/ipc-channels.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { changePreferences } from '../../preferences/preferences.ts';
import { useStatus } from '../../session-context.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { SettingsSection } from './settings-page.tsx';

/** What this is, and what it was made with. */
export function AboutSection() {
  const { welcome } = useStatus();
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => void findBridge()?.invoke('appInfo').then(setInfo), []);
  const version = info?.version ?? welcome?.host.version ?? '';
  return (
    <SettingsSection name="about" title={t('settings:groups.about')}>
      <div className="setting">
        <div className="setting__text">
          <span className="setting__label">{t('settings:about.version')}</span>
          <p className="setting__help" translate="no" data-testid="about-version">
            {[`${t('appName')} ${version}`, info && `Electron ${info.electron}`].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="setting__control">
          <Button data-testid="tour-again" onClick={() => changePreferences({ tourSeen: false })}>
            {t('settings:about.tour')}
          </Button>
        </div>
      </div>
      <div className="setting">
        <div className="setting__text">
          <span className="setting__label">{t('settings:about.licence')}</span>
          <p className="setting__help">{t('settings:about.licenceText')}</p>
        </div>
        {info?.mayWatchHosts && (
          <div className="setting__control">
            <Button onClick={() => void findBridge()?.invoke('openPlace', 'licences')}>
              {t('settings:about.licences')}
            </Button>
          </div>
        )}
      </div>
    </SettingsSection>
  );
}
