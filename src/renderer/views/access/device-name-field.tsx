import { t } from '../../../shared/texts/texts.ts';
import { TextField } from '../../design/components/text-field.tsx';

/** The longest name that the host takes. */
const longestName = 64;

export interface DeviceNameFieldProps {
  readonly name: string;
  readonly disabled: boolean;
  readonly onChange: (name: string) => void;
}

/** What a device is called where it is listed. */
export function DeviceNameField({ name, disabled, onChange }: DeviceNameFieldProps) {
  return (
    <TextField
      label={t('access:deviceName')}
      value={name}
      onChange={onChange}
      maxLength={longestName}
      disabled={disabled}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={!isDeviceName(name)}
      testId="device-name"
    />
  );
}

/** Whether the host takes it as a name. */
export function isDeviceName(name: string): boolean {
  const { length } = name.trim();
  return length > 0 && length <= longestName;
}
