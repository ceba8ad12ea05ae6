import type { ComponentType } from 'react';
import type { Topic } from '../../shared/series/raw.ts';
import type { Demand } from '../transport/connection-manager.ts';
import { DiagnosticsView } from './diagnostics-view.tsx';
import { Overview } from './overview.tsx';
import type { PageIconName } from './page-icon.tsx';

/** One page of the dashboard. */
export interface Page {
  /** Its address: `#name`. */
  readonly name: string;
  readonly title: string;
  /** The title where there is little room. */
  readonly shortTitle: string;
  readonly icon: PageIconName;
  /** What it is about. It has no entry where none of these topics is granted; empty is always granted. */
  readonly needs: readonly Topic[];
  /** Asked for only while the page is shown, besides `standingDemands`. */
  readonly demands: readonly Demand[];
  readonly component: ComponentType;
  /** What it is about as one figure, beside its entry. */
  readonly figure?: ComponentType;
}

/** Every page, in the order of the navigation. The first is where one lands. */
export const pages: readonly [Page, ...Page[]] = [
  {
    name: 'overview',
    title: 'Overview',
    shortTitle: 'Overview',
    icon: 'overview',
    needs: [],
    demands: [],
    component: Overview,
  },
  {
    name: 'diagnostics',
    title: 'Diagnostics',
    shortTitle: 'Diagnostics',
    icon: 'diagnostics',
    needs: ['diagnostics'],
    demands: [{ topics: ['diagnostics'], intervalMs: 1_000 }],
    component: DiagnosticsView,
  },
];

/** The pages that a client with these topics has. Before it is greeted (null) that is not known: all of them. */
export function grantedPages(granted: readonly Topic[] | null): readonly Page[] {
  return pages.filter(
    ({ needs }) => needs.length === 0 || granted === null || needs.some((topic) => granted.includes(topic)),
  );
}

/** The page at an address's fragment (`#cpu`, or empty); the first where there is none of that name. */
export function findPage(fragment: string, among: readonly Page[]): Page {
  return among.find(({ name }) => `#${name}` === fragment) ?? pages[0];
}
