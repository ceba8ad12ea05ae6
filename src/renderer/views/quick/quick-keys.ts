/** What a key does in the quick view: moves the focus among its entries, or opens a page. */
export type QuickKeyAction =
  | { readonly type: 'focus'; readonly to: number }
  | { readonly type: 'open'; readonly page: string }
  | { readonly type: 'hide' };

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The action of a key; null where it has none. `entries` are the pages that can be opened, in their order; `focused` is
 * the place of the one in focus, -1 where none is. Enter and Space are the entries' own.
 */
export function deriveQuickKey(
  { key, ctrlKey, metaKey, altKey }: PressedKey,
  entries: readonly string[],
  focused: number,
): QuickKeyAction | null {
  if (key === ',' && (ctrlKey || metaKey) && !altKey) return { type: 'open', page: 'settings' };
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'Escape') return { type: 'hide' };
  if (entries.length === 0) return null;
  const last = entries.length - 1;
  switch (key) {
    case 'ArrowDown':
      return { type: 'focus', to: focused >= last ? 0 : focused + 1 };
    case 'ArrowUp':
      return { type: 'focus', to: focused <= 0 ? last : focused - 1 };
    case 'Home':
      return { type: 'focus', to: 0 };
    case 'End':
      return { type: 'focus', to: last };
    default: {
      const page = /^[1-9]$/.test(key) ? entries[Number(key) - 1] : undefined;
      return page === undefined ? null : { type: 'open', page };
    }
  }
}
