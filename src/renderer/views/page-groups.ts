import type { Page } from './pages.ts';

/** What the pages are about, in the order of the navigation. `lead` is what one comes back to, and has no heading. */
export const pageGroupNames = ['lead', 'machine', 'sharing', 'pulsewire'] as const;
export type PageGroupName = (typeof pageGroupNames)[number];

/** Pages that are not about the machine. */
const others: Readonly<Record<string, PageGroupName>> = {
  overview: 'lead',
  sharing: 'sharing',
  viewers: 'sharing',
  cost: 'pulsewire',
  diagnostics: 'pulsewire',
  settings: 'pulsewire',
};

export interface PageGroup {
  readonly name: PageGroupName;
  readonly pages: readonly Page[];
}

/** The pages by what they are about, each in the order that it had; groups without pages are left out. */
export function groupPages(pages: readonly Page[]): readonly PageGroup[] {
  return pageGroupNames
    .map((name) => ({ name, pages: pages.filter((page) => (others[page.name] ?? 'machine') === name) }))
    .filter((group) => group.pages.length > 0);
}
