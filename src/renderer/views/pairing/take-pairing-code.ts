import { formatPairingCode } from '../../../client/pairing-client.ts';
import { parsePairingLink } from '../../../shared/protocol/index.ts';

/** Where the page is, and how its address is changed without leaving it. */
export interface AddressBar {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
}

/**
 * The code that a scanned address brings in its fragment (`#pair=XXXX-XXXX`), as it is shown; null where there is none.
 * Whatever it is, it is taken out of the address at once: a code is nothing for a history, a bookmark or a shared link.
 */
export function takePairingCode({ location, history }: AddressBar): string | null {
  if (!location.hash.startsWith('#pair=')) return null;
  const code = parsePairingLink(location.hash);
  history.replaceState(history.state, '', location.pathname + location.search);
  return code === null ? null : formatPairingCode(code);
}
