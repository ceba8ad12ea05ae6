import { connect, type PulsewireClient } from '../client/node/node-entry.ts';
import type { DataFolder } from '../node/config/data-folder.ts';
import { readHostFile, type HostFile } from '../node/config/host-file.ts';
import type { Log } from '../node/server/log.ts';
import { TokenStore } from '../node/server/token-store.ts';
import { abortable } from '../shared/lifecycle/abortable.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { defaultLimits } from '../shared/protocol/index.ts';

/** How long the host has to answer, and how long the token that asks it is good for. */
const [answerMs, tokenMs] = [5_000, 60_000];

/**
 * Asks the host that runs on a data folder for something. Only the folder's owner can: it takes a token of the scope admin,
 * which is made in the folder and gone again afterwards. Throws MonitorError `unavailable` where no host runs there, and
 * `timeout` where one does and is silent.
 */
export async function askHost<Value>(
  folder: DataFolder,
  name: string,
  log: Log,
  ask: (client: PulsewireClient) => Promise<Value>,
): Promise<Value> {
  const told = await readHostFile(folder.hostFile);
  if (!told) throw createNoHost(folder.path);
  const tokens = new TokenStore({ folder: folder.tokens, clock: systemClock, limits: defaultLimits, log });
  const { token, record } = await tokens.create({
    name,
    scope: 'admin',
    endsWallMs: systemClock.wall() + tokenMs,
  });
  try {
    return await askAt(told, { token, name, folderPath: folder.path }, ask);
  } finally {
    await tokens.revoke(record.id);
  }
}

async function askAt<Value>(
  { url, instanceId }: HostFile,
  { token, name, folderPath }: { readonly token: string; readonly name: string; readonly folderPath: string },
  ask: (client: PulsewireClient) => Promise<Value>,
): Promise<Value> {
  const deadline = new AbortController();
  await using client = connect({
    url,
    token,
    name,
    // What nobody listens on will not be listened on by trying again.
    onState: ({ phase }) => {
      if (phase === 'backoff') deadline.abort(createNoHost(folderPath));
    },
  });
  const late = systemClock.sleep(answerMs, deadline.signal).then(
    () => deadline.abort(createSilent()),
    () => undefined,
  );
  try {
    const { host } = await abortable(client.ready(), deadline.signal);
    if (host.instanceId !== instanceId) throw createNoHost(folderPath);
    return await abortable(ask(client), deadline.signal);
  } finally {
    deadline.abort();
    await late;
  }
}

function createNoHost(folderPath: string): MonitorError {
  const message = `No host runs on the data folder ${folderPath}. Start one, or name its folder with --data-dir.`;
  return new MonitorError('unavailable', message);
}

function createSilent(): MonitorError {
  return new MonitorError('timeout', `The host that runs did not answer within ${answerMs / 1_000} s.`);
}
