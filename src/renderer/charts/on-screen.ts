/**
 * Hears when an element comes into view and when it leaves, so that nothing is drawn where nobody looks. One observer
 * serves them all. Returns the unsubscribe.
 */
export function watchOnScreen(element: Element, listener: (isOnScreen: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { rootMargin: '120px' },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}

let observer: IntersectionObserver | null = null;
const listeners = new Map<Element, (isOnScreen: boolean) => void>();
