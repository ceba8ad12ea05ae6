import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { protocolVersion, type Encoding } from '../shared/protocol/index.ts';
import type { Connect } from './client-transport.ts';
import { parseHostAddress, type HostAddress } from './host-address.ts';
import { requestPairing, type PairingOutcome } from './pairing-client.ts';
import { PulsewireClient, type ClientListeners } from './pulsewire-client.ts';

/** How to reach a host and be let in. */
export interface ConnectOptions extends ClientListeners {
  /** Where the host is: `http://127.0.0.1:9740`, `https://box.local:9740`. */
  readonly url: string;
  /** From `pair`, or from `token create` on the host. */
  readonly token: string;
  /**
   * SHA-256 of the host's own certificate in hexadecimal, as its window shows it, with or without colons. The host is
   * then taken for what it says only if it shows that very certificate, which is looked at before the token is sent; no
   * certificate authority is asked. For Node: a browser shows its pages no certificate, so that there it throws.
   */
  readonly certificateFingerprint?: string;
  /** What the host lists this client as. Default `pulsewire/client`. */
  readonly name?: string;
  /** Version of the program that watches. */
  readonly version?: string;
  /** How messages travel. Default: compact, and JSON where the host is older. What a client is told is the same. */
  readonly encoding?: Encoding;
}

/** What it takes to be paired. */
export interface PairOptions {
  /** As of `connect`. */
  readonly url: string;
  /** The code that the host shows: eight letters, in any case, with or without the dash. */
  readonly code: string;
  /** What the host shall call this device. */
  readonly name: string;
  /** Six digits that this device shows, so that the host's user can tell which device asks. */
  readonly key?: string;
  /** As of `connect`; the code is not sent to who shows another certificate. */
  readonly certificateFingerprint?: string;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal;
}

/** What Node and browsers do differently. */
export interface ClientPlatform {
  /** How to open the host's stream, and the token where it must go into the hello. */
  createConnect(
    address: HostAddress,
    options: Pick<ConnectOptions, 'token' | 'certificateFingerprint' | 'encoding'>,
  ): { readonly connect: Connect; readonly helloToken?: string };
  createFetch(options: Pick<PairOptions, 'certificateFingerprint'>): typeof fetch;
}

/**
 * Begins to watch a host. Returns at once: the client connects, and connects again after a loss, by itself. Throws
 * MonitorError `invalidArgument` for an address or a fingerprint that is none.
 */
export function connectOn(platform: ClientPlatform, options: ConnectOptions): PulsewireClient {
  const { url, name = 'pulsewire/client', version = String(protocolVersion), token } = options;
  const address = parseHostAddress(url);
  if (token === '')
    throw new MonitorError('invalidArgument', 'A token is needed; pair, or make one on the host.');
  const { onState, onWelcome, onSeam, onRefused } = options;
  return new PulsewireClient({
    ...platform.createConnect(address, options),
    name,
    version,
    ...(onState && { onState }),
    ...(onWelcome && { onWelcome }),
    ...(onSeam && { onSeam }),
    ...(onRefused && { onRefused }),
  });
}

/**
 * Exchanges the code that a host shows for a token of this device's own. Answers once the host's user has confirmed,
 * where that is needed: up to two minutes. What goes wrong is an outcome, said in words; only an address or a
 * fingerprint that is none throws.
 */
export async function pairOn(platform: ClientPlatform, options: PairOptions): Promise<PairingOutcome> {
  const { origin } = parseHostAddress(options.url);
  const { code, name, key, signal } = options;
  return requestPairing({ origin, code, name, key, signal, request: platform.createFetch(options) });
}
