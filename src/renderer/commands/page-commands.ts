import type { Page } from '../views/pages.ts';
import type { Command } from './command.ts';

/** After `g`, for go: the same wherever a page stands in the navigation. */
const letters: Readonly<Record<string, string>> = {
  overview: 'o',
  processor: 'c',
  memory: 'm',
  disks: 'd',
  network: 'n',
  processes: 'p',
  sensors: 's',
  graphics: 'g',
  containers: 't',
  services: 'u',
  host: 'h',
  sharing: 'l',
  viewers: 'v',
  cost: 'w',
  diagnostics: 'i',
  settings: ',',
};

/** One command a page: its letter after `g`, and for the first ten their number (0 is the tenth). */
export function derivePageCommands(pages: readonly Page[], open: (page: Page) => void): readonly Command[] {
  return pages.map((page, at) => {
    const letter = letters[page.name];
    return {
      id: `pages.${page.name}`,
      title: () => page.title,
      group: 'pages',
      keys: [...(at < 10 ? [String((at + 1) % 10)] : []), ...(letter ? [`g ${letter}`] : [])],
      run: () => open(page),
    };
  });
}
