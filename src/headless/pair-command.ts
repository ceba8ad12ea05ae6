import encodeQr from 'qr';
import { connect } from '../client/node/node-entry.ts';
import { locateDataFolder } from '../node/config/data-folder.ts';
import { readHostFile } from '../node/config/host-file.ts';
import type { Log } from '../node/server/log.ts';
import { TokenStore } from '../node/server/token-store.ts';
import { abortable } from '../shared/lifecycle/abortable.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { defaultLimits, type PairingOpened } from '../shared/protocol/index.ts';

/** How long the host has to answer, and how long the token that asks it is good for. */
const [answerMs, tokenMs] = [5_000, 60_000];

/**
 * Asks the host that runs on a data folder for a new pairing code, and returns what to print: the address, the code and
 * both as a QR code. Only the folder's owner can: it takes a token of the scope admin, which is made in the folder and
 * gone again afterwards. Throws MonitorError `unavailable` where no host runs there.
 */
export async function runPairCommand(dataDir: string | undefined, log: Log): Promise<string> {
  const folder = locateDataFolder(dataDir);
  const told = await readHostFile(folder.hostFile);
  if (!told) throw createNoHost(folder.path);
  const tokens = new TokenStore({ folder: folder.tokens, clock: systemClock, limits: defaultLimits, log });
  const { token, record } = await tokens.create({
    name: 'pulsewire pair',
    scope: 'admin',
    endsWallMs: systemClock.wall() + tokenMs,
  });
  try {
    return describePairing(await openPairing(told.url, told.instanceId, token, folder.path));
  } finally {
    await tokens.revoke(record.id);
  }
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

async function openPairing(
  url: string,
  instanceId: string,
  token: string,
  folderPath: string,
): Promise<PairingOpened> {
  const deadline = new AbortController();
  await using client = connect({
    url,
    token,
    name: 'pulsewire pair',
    // What nobody listens on will not be listened on by trying again.
    onState: ({ phase }) => {
      if (phase === 'backoff') deadline.abort(createNoHost(folderPath));
    },
  });
  const late = systemClock.sleep(answerMs, deadline.signal).then(
    () => deadline.abort(createNoHost(folderPath)),
    () => undefined,
  );
  try {
    const { host } = await abortable(client.ready(), deadline.signal);
    if (host.instanceId !== instanceId) throw createNoHost(folderPath);
    return await client.request('pairing.open', {});
  } finally {
    deadline.abort();
    await late;
  }
}

function createNoHost(folderPath: string): MonitorError {
  const message = `No host runs on the data folder ${folderPath}. Start one, or name its folder with --data-dir.`;
  return new MonitorError('unavailable', message);
}
