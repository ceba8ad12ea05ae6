import { useSyncExternalStore } from 'react';

/** What the address's fragment names: `#processes/4120` is the page of processes, and on it that one. */
export interface Address {
  readonly page: string;
  /** What is looked at on the page: a name that the machine gave, or a number. Null where the whole page is. */
  readonly part: string | null;
}

/** An address from its fragment; a part that is no such text is none. */
export function parseAddress(fragment: string): Address {
  // What follows a question mark says how it is shown, not what.
  const [page = '', ...rest] = fragment.replace(/^#|\?.*$/g, '').split('/');
  const part = rest.join('/');
  try {
    return { page, part: part === '' ? null : decodeURIComponent(part) };
  } catch {
    return { page, part: null };
  }
}

/** The fragment of a page, or of a part of one. */
export function formatAddress(page: string, part: string | null = null): string {
  return part === null ? `#${page}` : `#${page}/${encodeURIComponent(part)}`;
}

/** Goes there. */
export function openAddress(page: string, part: string | null = null): void {
  location.hash = formatAddress(page, part);
}

/** What is looked at is the whole page again: its address says so, without a step that could be gone back. */
export function leavePart(): void {
  const { page, part } = parseAddress(location.hash);
  if (part !== null) history.replaceState(history.state, '', formatAddress(page));
}

/** Hears of every other fragment. Returns the unsubscribe. */
export function onAddress(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The address's fragment as it is now. */
export function readFragment(): string {
  return location.hash;
}

/** The part of the page that the address names; renders again when it names another. */
export function useAddressPart(): string | null {
  return parseAddress(useSyncExternalStore(onAddress, readFragment)).part;
}
