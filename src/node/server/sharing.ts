import type { AccessParams } from '../../shared/protocol/index.ts';
import type { AccessRaw } from '../../shared/series/raw/access.ts';

export type SharingStatus = AccessRaw['sharing'];
export type NearbyHosts = AccessRaw['nearby'];

/** How a host is shared, as its config and its command line say. */
export interface SharingSettings {
  readonly enabled: boolean;
  /** Whether viewers on the LAN are let in without TLS too, view-only. */
  readonly plainHttp: boolean;
  /** Whether hosts nearby are told of this one. */
  readonly announce: boolean;
  /** Where it listens while it is shared: one address of this machine, or `::` for all. */
  readonly address: string;
}

/** What of it the switch changes and the config file remembers. */
export type SharingSwitch = Pick<SharingSettings, 'enabled' | 'plainHttp'>;

/** Whether and how the host answers on the LAN, for whoever shows it or changes it. */
export interface Sharing {
  /** As it is now. Costs next to nothing, and may be asked at any rate. */
  status(): SharingStatus;
  /** Other hosts that were heard on the LAN while somebody looked. Costs next to nothing, and looks for none. */
  nearby(): NearbyHosts;
  /** Looks for them for a while more; it ends by itself. */
  look(): void;
  /**
   * Turns sharing on or off, or changes how, and remembers it. Resolves once the host listens so. Throws MonitorError
   * with a sentence for people where it cannot, and `status` says the same.
   */
  set(change: AccessParams<'sharing.set'>): Promise<void>;
  /** What a device opens to be paired by a code: the address that the LAN reaches best, or this machine's own. */
  pairUrl(code: string): string;
}
