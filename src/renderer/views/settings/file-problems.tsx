import { t } from '../../../shared/texts/texts.ts';
import { hostSettingKeys } from '../../../shared/settings/changeable-settings.ts';
import { Button } from '../../design/components/button.tsx';
import { findBridge } from '../../transport/find-bridge.ts';
import { settingGroups, updateSetting } from './setting-list.ts';
import type { SettingsAccess } from './use-settings.ts';

/** What in the settings file is not in force, and has no row of its own; and what waits for the next start. */
export function FileProblems({ access }: { readonly access: SettingsAccess }) {
  const { snapshot, failure } = access;
  if (!snapshot) return null;
  const rows = new Set<string>([
    updateSetting.key,
    ...settingGroups.flatMap(({ settings }) => settings.map(({ key }) => key)),
  ]);
  const { problems, needRestart } = snapshot;
  const isBroken = problems.some(({ key }) => key === '');
  const elsewhere = problems.filter(({ key }) => !rows.has(key));
  const waiting = needRestart.filter((key) => !(hostSettingKeys as readonly string[]).includes(key));
  if (problems.length === 0 && waiting.length === 0 && failure === null) return null;
  return (
    <div className="notice notice--inline settings__notice" role="status" data-testid="settings-problems">
      {problems.length > 0 && (
        <strong>
          {isBroken
            ? t('settings:state.fileBroken')
            : t('settings:state.problems', { count: problems.length })}
        </strong>
      )}
      <ul>
        {elsewhere.map(({ key, line, column, message }) => (
          <li key={`${key} ${line} ${column}`}>{describe(key, line, column, message)}</li>
        ))}
        {failure !== null && <li>{t('settings:state.failed', { why: failure })}</li>}
        {waiting.length > 0 && <li>{t('settings:state.waiting', { keys: waiting.join(', ') })}</li>}
      </ul>
      {problems.length > 0 && snapshot.mayChangeAll && (
        <Button size="small" data-testid="edit-settings-file" onClick={openFile}>
          {t('settings:data.openFile')}
        </Button>
      )}
    </div>
  );
}

function describe(key: string, line: number | null, column: number | null, message: string): string {
  if (key !== '') return t('settings:state.problemElsewhere', { line, column, what: `“${key}” ${message}` });
  if (line === null) return t('settings:state.problemFile', { what: message });
  return t('settings:state.problemFileAt', { line, column, what: message });
}

function openFile(): void {
  void findBridge()?.invoke('openPlace', 'settingsFile');
}
