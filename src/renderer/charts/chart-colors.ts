import { themeGeneration } from '../theme.ts';

/** Colours that charts draw with; each is the custom property `--<name>` of `design/tokens.css`. */
export type ColorToken =
  | 'series-user'
  | 'series-system'
  | 'series-iowait'
  | 'series-steal'
  | 'series-memory'
  | 'series-cached'
  | 'series-buffers'
  | 'series-in'
  | 'series-out'
  | 'series-read'
  | 'series-written'
  | 'series-frequency'
  | 'series-1'
  | 'series-2'
  | 'series-3'
  | 'series-4'
  | 'series-5'
  | 'series-6'
  | 'series-7'
  | 'series-8'
  | 'grid'
  | 'unseen'
  | 'text'
  | 'text-muted'
  | 'text-faint'
  | 'surface'
  | 'line'
  | 'accent';

/** What has been read, until the theme changes: asking the document costs more than drawing a small chart. */
const known = new Map<ColorToken, string>();
let knownGeneration = -1;

/**
 * The token's value in the theme that is in force, as #rrggbb. Canvases cannot read custom properties by themselves, and
 * what a property says (`light-dark(…)`) is a colour only once an element has it.
 */
export function readColor(token: ColorToken): string {
  if (knownGeneration !== themeGeneration()) {
    knownGeneration = themeGeneration();
    known.clear();
  }
  let color = known.get(token);
  if (color === undefined) {
    color = resolveColor(token);
    known.set(token, color);
  }
  return color;
}

/** As #rrggbb. A token says what it is in either scheme: only where it is a colour of something it is one of the two. */
function resolveColor(token: ColorToken): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const channels = getComputedStyle(probe).color.match(/\d+/g) ?? [];
  probe.remove();
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** The colour with the alpha (0 to 1) given; tokens of series are written as #rrggbb. */
export function withAlpha(color: string, alpha: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return color;
  return (
    color +
    Math.round(alpha * 255)
      .toString(16)
      .padStart(2, '0')
  );
}
