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
      title={`Disconnect “${showName(nameConnection(connection))}”?`}
      testId="disconnect"
      deed="disconnect"
      verb="Disconnect"
      destructive
      act={onDisconnect}
      onClose={onClose}
    >
      {() => (
        <>
          <p>
            Its connection is closed, and it is told so. It may come back when somebody opens it anew; to keep
            a device out, revoke it among the paired devices.
          </p>
          {isOwn && <p className="alarm">It is this page’s own connection.</p>}
        </>
      )}
    </AskDialog>
  );
}
