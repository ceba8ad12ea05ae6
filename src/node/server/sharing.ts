import type { AccessParams } from '../../shared/protocol/index.ts';
import type { AccessRaw } from '../../shared/series/raw/access.ts';

export type SharingStatus = AccessRaw['sharing'];
export type NearbyHosts = AccessRaw['nearby'];

/** Whether and how the host answers on the LAN, for whoever shows it or changes it. */
export interface Sharing {
  /** As it is now. Costs nothing, and may be asked at any rate. */
  status(): SharingStatus;
  /**
   * Other hosts that were heard on the LAN. Asking is what keeps the looking going: it ends by itself once nobody has
   * asked for a while.
   */
  nearby(): NearbyHosts;
  /**
   * Turns sharing on or off, or changes how, and remembers it. Resolves once the host listens so. Throws MonitorError
   * `unavailable` with a sentence for people where it cannot, and `status` says the same.
   */
  set(change: AccessParams<'sharing.set'>): Promise<void>;
  /** What a device opens to be paired by a code: the address that the LAN reaches best, the code in its fragment, which no server sees. */
  pairUrl(code: string): string;
}

/** `url` with a code in its fragment, as a camera reads it. */
export function derivePairUrl(url: string, code: string): string {
  return `${url}/#pair=${encodeURIComponent(code)}`;
}
