import { scopeWords } from '../access/scope-words.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { formatMoment } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
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
      title={t('viewers:revoke.title', { name: showName(device.name) })}
      testId="revoke"
      deed="revoke"
      verb={t('viewers:revoke.verb')}
      destructive
      act={onRevoke}
      onClose={onClose}
    >
      {() => (
        <>
          <p>{t('viewers:revoke.text')}</p>
          {isOwn && <p className="alarm">{t('viewers:revoke.own')}</p>}
          <dl className="dialog__facts">
            <div>
              <dt>{t('viewers:maySee')}</dt>
              <dd>{scopeWords(device.scope).label}</dd>
            </div>
            <div>
              <dt>{t('viewers:revoke.letIn')}</dt>
              <dd>{formatMoment(device.createdWallMs)}</dd>
            </div>
            <div>
              <dt>{t('viewers:revoke.now')}</dt>
              <dd>
                {device.connections === 0
                  ? t('viewers:revoke.notConnected')
                  : t('viewers:revoke.connections', { count: device.connections })}
              </dd>
            </div>
          </dl>
        </>
      )}
    </AskDialog>
  );
}
