import { useEffect, useRef, type RefObject } from 'react';
import { t } from '../../shared/texts/texts.ts';
import type { Page } from './pages.ts';

interface PageFocus {
  /** Of what holds the page's content. */
  readonly content: RefObject<HTMLElement | null>;
  /** Of a live region that nobody sees. */
  readonly announcer: RefObject<HTMLParagraphElement | null>;
}

/**
 * Tells of another page whoever does not see it, once: by moving the focus into it where what had the focus has gone with
 * the page before, else, as on the navigation, by saying its title and leaving the focus.
 */
export function usePageFocus(page: Page, title: string): PageFocus {
  const content = useRef<HTMLElement>(null);
  const announcer = useRef<HTMLParagraphElement>(null);
  const shown = useRef(page.name);

  useEffect(() => {
    if (shown.current === page.name) return;
    shown.current = page.name;
    window.scrollTo(0, 0);
    const isLost = document.activeElement === document.body || document.activeElement === content.current;
    if (isLost) content.current?.focus({ preventScroll: true });
    // Written past React, which has nothing else to say here.
    if (announcer.current) announcer.current.textContent = isLost ? '' : t('keys:landmarks.page', { title });
  }, [page, title]);

  return { content, announcer };
}
