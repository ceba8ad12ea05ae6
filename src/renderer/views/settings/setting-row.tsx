import { useId, type ReactNode } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { IconButton } from '../../design/components/icon-button.tsx';
import { Select } from '../../design/components/select.tsx';
import { Switch } from '../../design/components/switch.tsx';
import { ToggleGroup } from '../../design/components/toggle-group.tsx';
import { formatCadence, formatCpuShare, type Setting, type SettingValue } from './setting-list.ts';
import type { SettingsAccess } from './use-settings.ts';

/** Up to so many choices stand side by side. */
const mostSideBySide = 3;

/** One setting: what it is, what it does, what is chosen, and what is wrong with it in the file. */
export function SettingRow({
  setting,
  access,
}: {
  readonly setting: Setting;
  readonly access: SettingsAccess;
}) {
  const { key, label, help, defaultValue } = setting;
  const helpId = useId();
  const value = access.valueOf(setting);
  const problem = access.problemOf(key);
  const isLocked = access.isLocked(key);
  const needsRestart = access.snapshot?.needRestart.includes(key) === true;
  return (
    <div className="setting" data-testid={`setting-${key}`} data-value={String(value)}>
      <div className="setting__text">
        <span className="setting__label">{label()}</span>
        <p className="setting__help" id={helpId}>
          {help()}
        </p>
      </div>
      <div className="setting__control">
        {value !== defaultValue && !isLocked && (
          <IconButton
            icon="reset"
            size="small"
            variant="quiet"
            label={t('settings:state.reset', { value: describe(setting, defaultValue) })}
            data-testid={`reset-${key}`}
            onClick={() => access.change(setting)}
          />
        )}
        <Control setting={setting} access={access} value={value} helpId={helpId} />
      </div>
      {problem && (
        <p className="setting__problem" role="status" data-testid={`problem-${key}`}>
          {t('settings:state.problem', {
            line: problem.line,
            column: problem.column,
            what: `“${key}” ${problem.message}`,
          })}
        </p>
      )}
      {isLocked && (
        <p className="setting__note" data-testid={`locked-${key}`}>
          {t('settings:state.locked')}
        </p>
      )}
      {needsRestart && <p className="setting__note">{t('settings:state.restart')}</p>}
    </div>
  );
}

interface ControlProps {
  readonly setting: Setting;
  readonly access: SettingsAccess;
  readonly value: SettingValue;
  readonly helpId: string;
}

function Control({ setting, access, value, helpId }: ControlProps): ReactNode {
  const { key, label, options } = setting;
  const testId = `choose-${key}`;
  if (!options) {
    return (
      <Switch
        label={<span className="visually-hidden">{label()}</span>}
        isOn={value === true}
        disabled={access.isLocked(key)}
        describedBy={helpId}
        testId={testId}
        onChange={(isOn) => access.change(setting, isOn)}
      />
    );
  }
  const known = options.map((option) => ({ value: option.value as string | number, label: option.label() }));
  // What was written by hand need not be one of ours.
  const listed = known.some((option) => option.value === value)
    ? known
    : [...known, { value: value as string | number, label: describe(setting, value) }];
  const props = {
    label: label(),
    value: value as string | number,
    options: listed,
    onChange: (chosen: string | number) => access.change(setting, chosen),
    disabled: access.isLocked(key),
    testId,
  };
  return listed.length <= mostSideBySide ? <ToggleGroup {...props} /> : <Select {...props} isLabelHidden />;
}

/** A value in words. */
function describe({ key, options }: Setting, value: SettingValue): string {
  const option = options?.find((each) => each.value === value);
  if (option) return option.label();
  if (typeof value === 'boolean') return value ? t('settings:values.on') : t('settings:values.off');
  if (key === 'budget.cpuShare') return formatCpuShare(Number(value));
  if (key === 'sampling.intervalMs') return formatCadence(Number(value));
  return String(value);
}
