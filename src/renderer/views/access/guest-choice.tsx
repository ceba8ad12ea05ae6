import { Checkbox } from '../../design/components/checkbox.tsx';

/** For how long a guest is let in. */
export const guestMs = 30 * 60_000;

export interface GuestChoiceProps {
  readonly isGuest: boolean;
  readonly disabled: boolean;
  readonly onChoose: (isGuest: boolean) => void;
}

/** Whether a device is let in for a while only. */
export function GuestChoice({ isGuest, disabled, onChoose }: GuestChoiceProps) {
  return (
    <Checkbox
      label="Guest for 30 minutes"
      description="Then it is disconnected, and has to be let in again."
      isChecked={isGuest}
      onChange={onChoose}
      disabled={disabled}
      isFramed
      testId="guest"
    />
  );
}
