import { useState } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { DeviceNameField, isDeviceName } from '../access/device-name-field.tsx';
import { ScopeChoice } from '../access/scope-choice.tsx';
import { AskDialog } from '../ask-dialog.tsx';
import { showName } from '../show-name.ts';
import { deriveDeviceChange, type DeviceChange, type Stay } from './derive-device-change.ts';
import type { Device } from './devices-card.tsx';
import { StayChoice } from './stay-choice.tsx';

export interface ChangeDeviceDialogProps {
  readonly device: Device;
  /** Whether it is the one that this page is shown on. */
  readonly isOwn: boolean;
  readonly onChange: (change: DeviceChange) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Renames a device, changes what it may see and do, or for how long. Only what was changed is asked for. */
export function ChangeDeviceDialog({ device, isOwn, onChange, onClose }: ChangeDeviceDialogProps) {
  const [name, setName] = useState(device.name);
  const [scope, setScope] = useState(device.scope);
  const [stay, setStay] = useState<Stay>('asNow');
  const change = deriveDeviceChange(device, { name, scope, stay });
  return (
    <AskDialog
      title={t('viewers:change.title', { name: showName(device.name) })}
      testId="change-device"
      deed="change"
      verb={t('viewers:change.verb')}
      destructive={false}
      isWhole={isDeviceName(name) && change !== null}
      act={() => onChange(change ?? {})}
      onClose={onClose}
    >
      {(step) => (
        <>
          <p>{isOwn ? t('viewers:change.own') : t('viewers:change.other')}</p>
          <DeviceNameField name={name} disabled={step !== 'asking'} onChange={setName} />
          {!isOwn && (
            <>
              <ScopeChoice scope={scope} disabled={step !== 'asking'} onChoose={setScope} />
              <StayChoice device={device} stay={stay} disabled={step !== 'asking'} onChoose={setStay} />
            </>
          )}
        </>
      )}
    </AskDialog>
  );
}
