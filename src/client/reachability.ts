import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { Connect } from './client-transport.ts';

/**
 * Asks the host for anything at all. Resolves once it has answered, whatever it said; rejects once it is plain that
 * it cannot, or with the signal's reason.
 */
export type Probe = (signal: AbortSignal) => Promise<void>;

export interface ReachableConnectOptions {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly probe: Probe;
}

/** How long a question stands alone before it is put again. */
const probeSpacingMs = 2_000;

/**
 * A connect that first asks whether the host is there, every time but the first. Browsers make a WebSocket wait once many
 * before it have failed (Chromium 0.2 to 3.6 s after a hundred), and none may be opened beside one that is under way; a plain question costs nothing of that. It is put anew every 2 s beside those that are
 * under way, because a packet that was lost in the dark is sent again only 1, 3, 7 … seconds after it, while an
 * answer that is slow because the host is busy still counts.
 */
export function createReachableConnect({ clock, connect, probe }: ReachableConnectOptions): Connect {
  let isFirst = true;
  return async (signal) => {
    signal.throwIfAborted();
    if (!isFirst) await untilReachable(clock, probe, signal);
    isFirst = false;
    return connect(signal);
  };
}

/** Resolves with the first answer. Rejects once no question is under way any more, or when the signal aborts. */
async function untilReachable(clock: Clock, probe: Probe, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const onAbort = (): void => over.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      let underWay = 0;
      const ask = (): void => {
        underWay++;
        probe(over.signal).then(resolve, (thrown: unknown) => {
          if (--underWay === 0) reject(thrown);
        });
        clock.sleep(probeSpacingMs, over.signal).then(ask, () => undefined);
      };
      ask();
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    over.abort(new MonitorError('aborted', 'The host has answered, or cannot be reached.'));
  }
}

/** Asks for `/healthz` of the host that a stream belongs to. For browsers, where the page came from that host. */
export function createHealthProbe(streamUrl: string, request: typeof fetch = fetch): Probe {
  const url = new URL('/healthz', streamUrl.replace(/^ws/, 'http'));
  return async (signal) => {
    try {
      const answer = await request(url, {
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'manual',
        signal,
      });
      await answer.body?.cancel();
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      throw new MonitorError('unavailable', 'The host cannot be reached.', { cause: thrown });
    }
  };
}
