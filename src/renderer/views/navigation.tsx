import { useEffect, useRef, type KeyboardEvent } from 'react';
import { PageIcon } from './page-icon.tsx';
import type { Page } from './pages.ts';

export interface NavigationProps {
  readonly pages: readonly Page[];
  readonly shown: Page;
}

/** The way between pages: a rail beside them where there is room, a strip above them on a phone. */
export function Navigation({ pages, shown }: NavigationProps) {
  const list = useRef<HTMLUListElement>(null);

  // On a phone the strip is longer than the screen is wide.
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shown]);

  return (
    <nav className="navigation" aria-label="Pages">
      <ul ref={list} className="navigation__list" onKeyDown={moveFocus}>
        {pages.map((page) => (
          <li key={page.name}>
            <a
              className="navigation__entry"
              href={`#${page.name}`}
              aria-current={page === shown ? 'page' : undefined}
              data-testid={`view-${page.name}`}
              title={page.title}
            >
              <PageIcon name={page.icon} />
              <span className="navigation__title">{page.shortTitle}</span>
              {page.figure && <page.figure />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Arrows, Home and End move among the entries, as they do in menus; Enter opens, since entries are links. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const entries = [...event.currentTarget.querySelectorAll('a')];
  const at = entries.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0) return;
  event.preventDefault();
  entries[step(at, entries.length)]?.focus();
}
