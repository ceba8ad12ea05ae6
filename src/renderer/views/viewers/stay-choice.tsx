import { Choices } from '../../design/components/choices.tsx';
import { formatMoment } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
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
        ['asNow', t('viewers:stay.guestAsNow', { time: formatMoment(device.expiresWallMs) })],
        ['guest', t('viewers:stay.guest')],
        ['forGood', t('viewers:stay.forGood')],
      ]
    : [
        ['asNow', t('viewers:stay.asNow')],
        ['guest', t('viewers:stay.guest')],
      ];
  return (
    <Choices
      label={t('viewers:stay.label')}
      value={stay}
      onChange={onChoose}
      disabled={disabled}
      choices={choices.map(([value, label]) => ({ value, label, testId: `stay-${value}` }))}
    />
  );
}
