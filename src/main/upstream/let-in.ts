import { readFingerprint } from '../../client/node/certificate-pin.ts';
import { pair } from '../../client/node/node-entry.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { WatchAnswer, WatchHost } from '../../shared/protocol/ipc-channels.ts';
import { createHostId, type KnownHost, type KnownHosts } from './known-hosts.ts';
import { parseWatchAddress } from './parse-watch-address.ts';

export interface LetInOptions {
  readonly clock: Clock;
  readonly hosts: Pick<KnownHosts, 'list' | 'save'>;
  /** What a host shall call this app. */
  readonly name: string;
}

/** Whether a host lets this app in. */
export type LetIn =
  | { readonly status: 'known'; readonly host: KnownHost }
  | Extract<WatchAnswer, { readonly status: 'codeNeeded' | 'otherCertificate' | 'failed' }>;

/** How long a host may take to show its certificate. */
const lookDeadlineMs = 8_000;

/**
 * Finds the token for a host, or gets one for a code. The first certificate that a host shows is pinned: the code and the
 * token go to nobody else, and another takes its place only where it is named as accepted. A host that has moved is known
 * by its certificate. Rejects with the signal's reason, and with MonitorError for what is no address, for a host that is not
 * there, and where it could not be kept.
 */
export async function letIn(
  { clock, hosts, name }: LetInOptions,
  { url, code, key, acceptedFingerprint }: WatchHost,
  signal: AbortSignal,
): Promise<LetIn> {
  const { origin, isEncrypted } = parseWatchAddress(url);
  const known = await hosts.list();
  const atAddress = known.find((host) => host.url === origin);
  if (atAddress && code === undefined) return { status: 'known', host: atAddress };
  const shown = isEncrypted ? await lookAt(clock, origin, signal) : null;
  const same = known.find(({ fingerprint }) => fingerprint !== null && fingerprint === shown);
  if (code === undefined) {
    if (!same) return { status: 'codeNeeded' };
    const host = { ...same, url: origin };
    await hosts.save(host);
    return { status: 'known', host };
  }
  const before = same ?? atAddress;
  const pinned = before?.fingerprint ?? shown;
  if (pinned !== null && shown !== null && shown !== pinned && shown !== acceptedFingerprint) {
    return { status: 'otherCertificate', pinned, shown };
  }
  const outcome = await pair({
    url: origin,
    code,
    name,
    ...(key !== undefined && { key }),
    ...(shown !== null && { certificateFingerprint: shown }),
    signal,
  });
  signal.throwIfAborted();
  if (outcome.status === 'failed') return { status: 'failed', message: outcome.message };
  const { id, name: hostName } = before ?? { id: createHostId(), name: new URL(origin).host };
  const host = { id, url: origin, name: hostName, token: outcome.token, fingerprint: shown };
  await hosts.save(host);
  return { status: 'known', host };
}

async function lookAt(clock: Clock, origin: string, signal: AbortSignal): Promise<string> {
  const over = new AbortController();
  const waiting = AbortSignal.any([signal, over.signal]);
  clock.sleep(lookDeadlineMs, waiting).then(
    () => over.abort(new MonitorError('timeout', `${origin} does not answer.`)),
    () => undefined,
  );
  try {
    return await readFingerprint(new URL(origin), waiting);
  } finally {
    over.abort();
  }
}
