import { Choices } from '../../design/components/choices.tsx';
import { formatMoment } from '../format-moment.ts';
import type { Stay } from './derive-device-change.ts';
import type { Device } from './devices-card.tsx';

export interface StayChoiceProps {
  readonly device: Device;
  readonly stay: Stay;
  readonly disabled: boolean;
  readonly onChoose: (stay: Stay) => void;
}

/** For how long a device is let in. */
export function StayChoice({ device, stay, disabled, onChoose }: StayChoiceProps) {
  const choices: readonly (readonly [Stay, string])[] = device.guest
    ? [
        ['asNow', `As a guest until ${formatMoment(device.expiresWallMs)}, as now`],
        ['guest', 'As a guest for 30 minutes from now'],
        ['forGood', 'No longer as a guest'],
      ]
    : [
        ['asNow', 'As now, until it is revoked or not used for long'],
        ['guest', 'As a guest for 30 minutes from now'],
      ];
  return (
    <Choices
      label="It is let in"
      value={stay}
      onChange={onChoose}
      disabled={disabled}
      choices={choices.map(([value, label]) => ({ value, label, testId: `stay-${value}` }))}
    />
  );
}
