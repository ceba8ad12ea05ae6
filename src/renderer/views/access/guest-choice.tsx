import { t } from '../../../shared/texts/texts.ts';
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
      label={t('access:guest.label')}
      description={t('access:guest.meaning')}
      isChecked={isGuest}
      onChange={onChoose}
      disabled={disabled}
      isFramed
      testId="guest"
    />
  );
}
