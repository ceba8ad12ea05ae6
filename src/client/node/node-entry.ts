import { connectOn, pairOn, type ConnectOptions, type PairOptions } from '../connect.ts';
import type { PairingOutcome } from '../pairing-client.ts';
import type { PulsewireClient } from '../pulsewire-client.ts';
import { nodePlatform } from './node-platform.ts';

export * from '../public.ts';

/**
 * Begins to watch a host. Returns at once: the client connects, and connects again after a loss, by itself, until
 * `close`. The token travels in the Authorization header. Throws MonitorError `invalidArgument` for an address or a
 * fingerprint that is none.
 */
export function connect(options: ConnectOptions): PulsewireClient {
  return connectOn(nodePlatform, options);
}

/**
 * Exchanges the code that a host shows for a token of this device's own. Answers once the host's user has confirmed,
 * where that is needed: up to two minutes. What goes wrong is an outcome, said in words; only an address or a
 * fingerprint that is none throws.
 */
export function pair(options: PairOptions): Promise<PairingOutcome> {
  return pairOn(nodePlatform, options);
}
