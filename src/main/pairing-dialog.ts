import { dialog } from 'electron';
import type { Host } from '../node/server/create-host.ts';

/** Opens a one-time code and shows it with the address that it is for. Returns at once; the dialog stays. */
export function showPairingCode({ pairing, server }: Pick<Host, 'pairing' | 'server'>): void {
  const { code, expiresAtMs } = pairing.open();
  const until = new Date(expiresAtMs).toLocaleTimeString(undefined, { timeStyle: 'short' });
  void dialog.showMessageBox({
    type: 'info',
    title: 'View in a browser',
    message: code,
    detail: `Open ${server.url} in a browser on this machine and enter this code. It works once, until ${until}.`,
    buttons: ['Done'],
  });
}
