import { useState, type ReactNode } from 'react';
import '../../design/settings.css';
import { t } from '../../../shared/texts/texts.ts';
import { TextField } from '../../design/components/text-field.tsx';
import { useTopic } from '../../session-context.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { AboutSection } from './about-section.tsx';
import { DataSection } from './data-section.tsx';
import { FileProblems } from './file-problems.tsx';
import { matchesSearch } from './matches-search.ts';
import { SettingRow } from './setting-row.tsx';
import { settingGroups } from './setting-list.ts';
import { UpdatesSection, updateWords } from './updates-section.tsx';
import { useSettings } from './use-settings.ts';

/** Everything that can be chosen: in the app all of it, elsewhere how this page is seen. */
export function SettingsPage() {
  const access = useSettings();
  const [search, setSearch] = useState('');
  const isDashboard = access.snapshot?.mayChangeAll === true;

  const sections: ReactNode[] = settingGroups.flatMap(({ name, title, settings }) => {
    const shown = settings.filter(
      ({ key, label, help }) => access.mayChange(key) && matchesSearch(search, title(), label(), help()),
    );
    if (shown.length === 0) return [];
    return [
      <SettingsSection key={name} name={name} title={title()}>
        {shown.map((setting) => (
          <SettingRow key={setting.key} setting={setting} access={access} />
        ))}
      </SettingsSection>,
    ];
  });
  const sharing = t('settings:groups.sharing');
  if (matchesSearch(search, sharing, t('settings:sharing.on')))
    sections.push(<SharingSection key="sharing" />);
  if (isDashboard && matchesSearch(search, ...updateWords()))
    sections.push(<UpdatesSection key="updates" access={access} />);
  if (isDashboard && matchesSearch(search, ...dataWords())) sections.push(<DataSection key="data" />);
  if (
    matchesSearch(search, t('settings:groups.about'), t('settings:about.version'), t('settings:about.tour'))
  ) {
    sections.push(<AboutSection key="about" />);
  }

  return (
    <div className="settings" data-testid="settings">
      <TextField
        label={t('settings:search.label')}
        isLabelHidden
        placeholder={t('settings:search.label')}
        icon="search"
        type="search"
        value={search}
        onChange={setSearch}
        testId="settings-search"
        data-filter=""
      />
      <FileProblems access={access} />
      {!isDashboard && (
        <p className="settings__scope" data-testid="settings-scope">
          {findBridge() ? t('settings:otherWindow') : t('settings:browser')}
        </p>
      )}
      {sections.length > 0 ? sections : <p role="status">{t('settings:search.none', { text: search })}</p>}
    </div>
  );
}

function dataWords(): string[] {
  return [
    t('settings:groups.data'),
    t('settings:data.folder'),
    t('settings:data.file'),
    t('settings:data.stored'),
    t('settings:data.known'),
  ];
}

interface SettingsSectionProps {
  readonly name: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A group of settings. */
export function SettingsSection({ name, title, children }: SettingsSectionProps) {
  return (
    <section className="card settings__group" aria-label={title} data-testid={`settings-${name}`}>
      <header className="card__header">
        <h2>{title}</h2>
      </header>
      <div className="settings__rows">{children}</div>
    </section>
  );
}

/** Whether the machine is shared, for who may see it; it is changed on a page of its own. */
function SharingSection() {
  const { data, status } = useTopic('access');
  if (status === 'unsupported' || status === 'needsPermission') return null;
  const isOn = data?.sharing.state === 'on';
  return (
    <SettingsSection name="sharing" title={t('settings:groups.sharing')}>
      <div className="setting">
        <div className="setting__text">
          <p className="setting__help" data-testid="settings-sharing-state">
            {isOn ? t('settings:sharing.on') : t('settings:sharing.off')}
          </p>
        </div>
        <div className="setting__control">
          <a className="button button--plain" href="#sharing">
            {t('settings:sharing.open')}
          </a>
        </div>
      </div>
    </SettingsSection>
  );
}
