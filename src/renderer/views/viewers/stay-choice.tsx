import { useId } from 'react';
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
  const name = useId();
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
    <fieldset className="scope-choice" disabled={disabled}>
      <legend>It is let in</legend>
      {choices.map(([choice, label]) => (
        <label key={choice} className="choice" data-testid={`stay-${choice}`}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={choice === stay}
            onChange={() => onChoose(choice)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
