let known = '';

/** The pages' type, `--font` of `design/tokens.css`: a canvas does not inherit it. The same as long as the page lives. */
export function readFontFamily(): string {
  known ||= getComputedStyle(document.documentElement).getPropertyValue('--font').trim();
  return known === '' ? 'sans-serif' : known;
}
