import encodeQr from 'qr';
import { locateDataFolder } from '../node/config/data-folder.ts';
import type { Log } from '../node/server/log.ts';
import type { PairingOpened } from '../shared/protocol/index.ts';
import { askHost } from './ask-host.ts';

/**
 * Asks the host that runs on a data folder for a new pairing code, and returns what to print: the address, the code and
 * both as a QR code. Only the folder's owner can: it takes a token of the scope admin, which is made in the folder and
 * gone again afterwards. Throws MonitorError `unavailable` where no host runs there.
 */
export async function runPairCommand(dataDir: string | undefined, log: Log): Promise<string> {
  const opened = await askHost(locateDataFolder(dataDir), 'pulsewire pair', log, (client) =>
    client.request('pairing.open', {}),
  );
  return describePairing(opened);
}

/** An address, a code with its end, and both for a camera. */
function describePairing({ url, code, expiresAt, qr }: PairingOpened): string {
  return [
    `Open   ${url}`,
    `Code   ${code}   for one device, until ${formatTime(expiresAt)}`,
    '',
    drawQr(qr),
  ].join('\n');
}

/** A text as a QR code of block characters, light on dark as terminals mostly are. */
export function drawQr(text: string): string {
  return encodeQr(text, 'ascii', { ecc: 'low', border: 2 });
}

/** An instant's hour and minute here. */
export function formatTime(time: string | number): string {
  return new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
