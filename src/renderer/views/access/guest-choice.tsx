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
    <label className="choice choice--alone" data-testid="guest">
      <input
        type="checkbox"
        checked={isGuest}
        disabled={disabled}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <span>
        <strong>Guest for 30 minutes</strong>
        <span className="choice__meaning">Then it is disconnected, and has to be let in again.</span>
      </span>
    </label>
  );
}
