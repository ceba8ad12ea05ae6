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
    <label className="field">
      <span>Name of the device</span>
      <input
        type="text"
        value={name}
        maxLength={longestName}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={!isDeviceName(name)}
        data-testid="device-name"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** Whether the host takes it as a name. */
export function isDeviceName(name: string): boolean {
  const { length } = name.trim();
  return length > 0 && length <= longestName;
}
