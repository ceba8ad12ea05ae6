import type { ReactNode } from 'react';

export interface SwitchProps {
  readonly label: ReactNode;
  readonly isOn: boolean;
  readonly disabled: boolean;
  readonly testId: string;
  /** Id of the element that says what it does. */
  readonly describedBy?: string;
  readonly onChange: (isOn: boolean) => void;
}

/** Something that is on or off, at once. */
export function Switch({ label, isOn, disabled, testId, describedBy, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={isOn}
      aria-describedby={describedBy}
      disabled={disabled}
      data-testid={testId}
      onClick={() => onChange(!isOn)}
    >
      <span className="switch__label">{label}</span>
      <span className="switch__track" aria-hidden="true">
        <span className="switch__thumb" />
      </span>
    </button>
  );
}
