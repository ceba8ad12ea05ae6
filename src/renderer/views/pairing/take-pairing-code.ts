import { formatPairingCode, isWholeCode } from '../../../client/pairing-client.ts';

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
  const found = /^#pair=(.*)$/.exec(location.hash);
  if (!found) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  const code = formatPairingCode(found[1]!);
  return isWholeCode(code) ? code : null;
}
