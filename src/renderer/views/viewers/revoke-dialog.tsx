import { scopeWords } from '../access/scope-words.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { formatMoment } from '../format-moment.ts';
import { showName } from '../show-name.ts';
import type { Device } from './devices-card.tsx';

export interface RevokeDialogProps {
  readonly device: Device;
  /** Whether it is the one that this page is shown on. */
  readonly isOwn: boolean;
  readonly onRevoke: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks once more before a device is sent away for good. */
export function RevokeDialog({ device, isOwn, onRevoke, onClose }: RevokeDialogProps) {
  return (
    <AskDialog
      title={`Revoke “${showName(device.name)}”?`}
      testId="revoke"
      deed="revoke"
      verb="Revoke"
      destructive
      act={onRevoke}
      onClose={onClose}
    >
      {() => (
        <>
          <p>It is disconnected at once, and has to be let in anew with a code to come back.</p>
          {isOwn && <p className="alarm">It is the device that you are using now.</p>}
          <dl className="dialog__facts">
            <div>
              <dt>May see</dt>
              <dd>{scopeWords[device.scope].label}</dd>
            </div>
            <div>
              <dt>Let in</dt>
              <dd>{formatMoment(device.createdWallMs)}</dd>
            </div>
            <div>
              <dt>Now</dt>
              <dd>
                {device.connections === 0
                  ? 'not connected'
                  : device.connections === 1
                    ? 'one connection'
                    : `${device.connections} connections`}
              </dd>
            </div>
          </dl>
        </>
      )}
    </AskDialog>
  );
}
