import { useCallback, useEffect, useState } from 'react';
import type { DataFacts, DeedAnswer } from '../../../shared/protocol/ipc-channels.ts';
import { formatBytes, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { findBridge } from '../../transport/find-bridge.ts';
import { Name } from '../name.tsx';
import { showName } from '../show-name.ts';
import { SettingsSection } from './settings-page.tsx';

/** Where the app keeps what, how much of it, and which hosts it knows. */
export function DataSection() {
  const [facts, setFacts] = useState<DataFacts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = useCallback(() => void findBridge()?.invoke('dataFacts').then(setFacts), []);
  useEffect(look, [look]);

  const run = (asked: Promise<DeedAnswer> | undefined): void => {
    void asked?.then((answer) => {
      setProblem(answer.status === 'failed' ? answer.message : null);
      look();
    });
  };
  const bridge = findBridge();
  return (
    <SettingsSection name="data" title={t('settings:groups.data')}>
      <div className="setting">
        <div className="setting__text">
          <span className="setting__label">{t('settings:data.folder')}</span>
          <Path text={facts?.folder} testId="data-folder" />
          <p className="setting__help">{t('settings:data.chooseHelp')}</p>
        </div>
        <div className="setting__control">
          <Button data-testid="choose-data-folder" onClick={() => run(bridge?.invoke('chooseDataFolder'))}>
            {t('settings:data.choose')}
          </Button>
          <Button
            data-testid="open-data-folder"
            onClick={() => run(bridge?.invoke('openPlace', 'dataFolder'))}
          >
            {t('settings:data.open')}
          </Button>
        </div>
      </div>
      <div className="setting">
        <div className="setting__text">
          <span className="setting__label">{t('settings:data.file')}</span>
          <Path text={facts?.settingsFile} testId="settings-file" />
        </div>
        <div className="setting__control">
          <Button
            data-testid="open-settings-file"
            onClick={() => run(bridge?.invoke('openPlace', 'settingsFile'))}
          >
            {t('settings:data.openFile')}
          </Button>
        </div>
      </div>
      {problem !== null && (
        <p className="setting__problem" role="status" data-testid="data-problem">
          {showName(problem)}
        </p>
      )}
      <div className="setting setting--wide">
        <span className="setting__label">{t('settings:data.stored')}</span>
        <dl className="settings__sizes">
          {sizes.map(({ part, label }) => (
            <div key={part}>
              <dt>{label()}</dt>
              <dd data-testid={`stored-${part}`}>{showText(formatBytes(facts?.bytes[part]))}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="setting setting--wide">
        <span className="setting__label">{t('settings:data.known')}</span>
        <p className="setting__help">
          {facts && facts.hosts.length === 0 ? t('settings:data.knownNone') : t('settings:data.knownHelp')}
        </p>
        <ul className="settings__hosts">
          {facts?.hosts.map((host) => (
            <KnownHost
              key={host.id}
              host={host}
              onForget={() => run(bridge?.invoke('forgetHost', { id: host.id }))}
            />
          ))}
        </ul>
      </div>
    </SettingsSection>
  );
}

const sizes: readonly { readonly part: keyof DataFacts['bytes']; readonly label: () => string }[] = [
  { part: 'access', label: () => t('settings:data.access') },
  { part: 'auditLog', label: () => t('settings:data.auditLog') },
  { part: 'hosts', label: () => t('settings:data.hosts') },
  { part: 'browser', label: () => t('settings:data.browser') },
  { part: 'other', label: () => t('settings:data.other') },
];

function Path({ text, testId }: { readonly text: string | undefined; readonly testId: string }) {
  return (
    <code className="settings__path" data-testid={testId}>
      {text === undefined ? '…' : showName(text)}
    </code>
  );
}

interface KnownHostProps {
  readonly host: DataFacts['hosts'][number];
  readonly onForget: () => void;
}

/** Forgotten by a second press, since its token is gone for good. */
function KnownHost({ host, onForget }: KnownHostProps) {
  const [isArmed, arm] = useState(false);
  return (
    <li data-testid="known-host">
      <span>
        <Name text={host.name} /> <span className="quiet">{showName(host.url)}</span>
      </span>
      <Button
        size="small"
        variant={isArmed ? 'danger' : 'plain'}
        aria-label={isArmed ? undefined : t('settings:data.forgetHost', { name: showName(host.name) })}
        onBlur={() => arm(false)}
        onClick={() => (isArmed ? onForget() : arm(true))}
      >
        {isArmed ? t('settings:data.sure') : t('settings:data.forget')}
      </Button>
    </li>
  );
}
