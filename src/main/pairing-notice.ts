import { Notification } from 'electron';
import type { WaitingRequest } from '../node/server/pairing-requests.ts';
import type { Pairing } from '../node/server/pairing.ts';
import { describeRequest } from './describe-request.ts';

export interface PairingNoticeOptions {
  readonly pairing: Pick<Pairing, 'onAsked'>;
  /** Whether the dashboard is where its user can see it. */
  readonly isDashboardVisible: () => boolean;
  /** Makes the dashboard be noticed without taking the keyboard away from whatever its user does. */
  readonly drawAttention: () => void;
  /** Shows the page on which the device is let in or turned away, in front. */
  readonly openSharing: () => void;
  /** Whether the desktop is to be told, besides. */
  readonly isWanted: () => boolean;
}

/**
 * Tells the host's user that a device asks to be paired: the dashboard draws attention, and where nobody sees it a
 * notification of the desktop leads there. It decides nothing. Dispose of it with the app.
 */
export function createPairingNotice(options: PairingNoticeOptions): Disposable {
  /** Kept, since one that is collected as garbage is never clicked. */
  let shown: Notification | null = null;
  const close = (): void => {
    shown?.close();
    shown = null;
  };
  const notify = (request: WaitingRequest): void => {
    close();
    if (!Notification.isSupported()) return;
    const notification = new Notification({ ...describeRequest(request), urgency: 'critical' });
    notification.on('click', () => options.openSharing());
    notification.show();
    shown = notification;
  };
  const stop = options.pairing.onAsked((request) => {
    const isSeen = options.isDashboardVisible();
    options.drawAttention();
    if (!isSeen && options.isWanted()) notify(request);
  });
  return {
    [Symbol.dispose]: () => {
      stop();
      close();
    },
  };
}
