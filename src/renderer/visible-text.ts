/**
 * Text that others chose, such as a process's name, made fit for one line of text: what would move the cursor, turn the
 * direction or not be seen at all is replaced by a sign that is seen. Control characters become their pictures (U+2400
 * block: a line feed is ␊, an escape ␛); what overrides the direction, joins or hides becomes its number, as U+202E.
 * Nothing else is changed, so letters of every script stay. The result still is text, never markup.
 */
export function showVisibly(text: string): string {
  return unseen.test(text) ? text.replace(everyUnseen, picture) : text;
}

// C0, DEL and C1; soft hyphen; Arabic letter mark; zero-width and direction marks; line and paragraph separators;
// embeddings and isolates; word joiner and its kin; variation selectors stay; byte-order mark; tags; lone surrogates.
const pattern =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]|\\p{Surrogate}';
const unseen = new RegExp(pattern, 'u');
const everyUnseen = new RegExp(pattern, 'gu');

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
