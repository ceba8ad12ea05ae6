/** What the site does beyond showing pages: search, a choice of theme, and buttons that copy blocks. */
import { offerCopying } from './copy-buttons.ts';
import { SearchBox } from './search-box.ts';
import { offerThemes } from './theme.ts';

const { dataset } = document.documentElement;
const top = new URL(`${dataset['top'] ?? '.'}/`, location.href);

offerThemes(document.querySelector<HTMLButtonElement>('#theme')!);
new SearchBox(document.querySelector<HTMLElement>('search')!, top);
offerCopying(document.querySelectorAll('main pre'));

// The list of pages is open where there is room beside the text; on a phone it opens by a tap.
const menu = document.querySelector<HTMLDetailsElement>('.menu')!;
const wide = matchMedia('(min-width: 60rem)');
const follow = (): void => void (menu.open = wide.matches);
wide.addEventListener('change', follow);
follow();
