import { t } from '../../../shared/texts/texts.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { showName } from '../show-name.ts';
import { nameConnection } from './connection-words.ts';
import type { Connection } from './connections-card.tsx';

export interface DisconnectDialogProps {
  readonly connection: Connection;
  /** Whether it is this page's own. */
  readonly isOwn: boolean;
  readonly onDisconnect: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks once more before a connection is closed. */
export function DisconnectDialog({ connection, isOwn, onDisconnect, onClose }: DisconnectDialogProps) {
  return (
    <AskDialog
      title={t('viewers:disconnect.title', { name: showName(nameConnection(connection)) })}
      testId="disconnect"
      deed="disconnect"
      verb={t('viewers:disconnect.verb')}
      destructive
      act={onDisconnect}
      onClose={onClose}
    >
      {() => (
        <>
          <p>{t('viewers:disconnect.text')}</p>
          {isOwn && <p className="alarm">{t('viewers:disconnect.own')}</p>}
        </>
      )}
    </AskDialog>
  );
}
