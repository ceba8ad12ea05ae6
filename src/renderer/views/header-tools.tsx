import { useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

let place: HTMLElement | null = null;
const listeners = new Set<() => void>();

function setPlace(element: HTMLElement | null): void {
  place = element;
  for (const listener of [...listeners]) listener();
}

function onPlace(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Where the header shows what `HeaderTools` gives it; takes no room while that is nothing. */
export function HeaderToolsPlace() {
  return <div ref={setPlace} className="page-header__page-tools" />;
}

/** What a page puts into the header for as long as it is shown, so that it takes no height of its own. */
export function HeaderTools({ children }: { readonly children: ReactNode }) {
  const element = useSyncExternalStore(onPlace, () => place);
  return element && createPortal(children, element);
}
