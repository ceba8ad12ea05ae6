import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import './switch.css';

export interface SwitchProps {
  readonly label: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly disabled?: boolean;
  readonly testId?: string;
  /** Id of the element that says what it does. */
  readonly describedBy?: string;
  /** `large` where it is what its card is about. */
  readonly size?: 'normal' | 'large';
}

/** Something that is on or off, at once. The whole row is the target. */
export function Switch({
  label,
  isOn,
  onChange,
  disabled = false,
  testId,
  describedBy,
  size = 'normal',
}: SwitchProps) {
  return (
    <Base.Root
      nativeButton
      render={<button type="button" />}
      className={`switch switch--${size}`}
      checked={isOn}
      onCheckedChange={(checked) => onChange(checked)}
      disabled={disabled}
      aria-describedby={describedBy}
      data-testid={testId}
    >
      <span className="switch__label">{label}</span>
      <span className="switch__track" aria-hidden="true">
        <Base.Thumb className="switch__thumb" />
      </span>
    </Base.Root>
  );
}
