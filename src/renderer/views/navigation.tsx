import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { Icon } from '../design/components/icon.tsx';
import { groupPages, type PageGroup } from './page-groups.ts';
import type { Page } from './pages.ts';

export interface NavigationProps {
  readonly pages: readonly Page[];
  readonly shown: Page;
}

/** The way between pages: a rail beside them where there is room, a bar below them on a phone. */
export function Navigation({ pages, shown }: NavigationProps) {
  const nav = useRef<HTMLElement>(null);

  // On a phone the bar is longer than the screen is wide.
  useEffect(() => {
    const current = nav.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shown]);

  return (
    <nav ref={nav} className="navigation" aria-label={t('pages:navigation.label')} onKeyDown={moveFocus}>
      {groupPages(pages).map((group) => (
        <Group key={group.name} group={group} shown={shown} />
      ))}
    </nav>
  );
}

function Group({ group: { name, pages }, shown }: { readonly group: PageGroup; readonly shown: Page }) {
  const titleId = useId();
  return (
    <div className="navigation__group">
      {name !== 'lead' && (
        <p id={titleId} className="navigation__heading">
          {t(`pages:navigation.${name}`)}
        </p>
      )}
      <ul aria-labelledby={name === 'lead' ? undefined : titleId}>
        {pages.map((page) => (
          <li key={page.name}>
            <a
              className="navigation__entry"
              href={`#${page.name}`}
              aria-current={page === shown ? 'page' : undefined}
              data-testid={`view-${page.name}`}
              title={page.title}
            >
              <Icon name={page.icon} size={18} />
              <span className="navigation__title">{page.shortTitle}</span>
              {page.figure && <page.figure />}
            </a>
          </li>
        ))}
      </ul>
    </div>
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
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const entries = [...event.currentTarget.querySelectorAll('a')];
  const at = entries.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0) return;
  event.preventDefault();
  entries[step(at, entries.length)]?.focus();
}
