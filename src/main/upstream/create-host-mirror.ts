import { nodePlatform } from '../../client/node/node-platform.ts';
import { parseHostAddress } from '../../client/host-address.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { HostMirror } from './host-mirror.ts';

/** How to reach a host that this app was paired with. */
export interface WatchedHost {
  readonly url: string;
  readonly token: string;
  /** Of the host's own certificate; without one an authority must vouch for it. */
  readonly certificateFingerprint?: string | undefined;
}

export interface CreateHostMirrorOptions {
  readonly clock: Clock;
  /** What the host lists this app as. */
  readonly name: string;
  readonly version: string;
  /** The host has said what it calls itself. */
  readonly onNamed?: (name: string) => void;
  readonly onDefect: (message: string) => void;
}

/** Begins to watch a host over its WebSocket. Throws `invalidArgument` for an address or a fingerprint that is none. */
export function createHostMirror(
  { url, token, certificateFingerprint }: WatchedHost,
  { clock, name, version, onNamed, onDefect }: CreateHostMirrorOptions,
): HostMirror {
  const { connect } = nodePlatform.createConnect(parseHostAddress(url), {
    token,
    ...(certificateFingerprint !== undefined && { certificateFingerprint }),
  });
  return new HostMirror({ clock, connect, client: { name, version }, onDefect, ...(onNamed && { onNamed }) });
}
