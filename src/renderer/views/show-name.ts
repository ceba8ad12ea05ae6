/**
 * A name that the machine gives (of a process, a mount, a unit …) as it may be put on a page: what would be unseen or
 * would turn the text around is shown as a sign of its own, so that two names that differ never look alike. The result
 * is still only text, for text nodes and attributes.
 */
export function showName(name: string): string {
  return unseen.test(name) ? name.replace(unseenEach, showCharacter) : name;
}

// Controls, line and paragraph separators, halves of surrogate pairs; marks of direction (UAX #9); zero width spaces.
const characters = String.raw`[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]`;
const unseen = new RegExp(characters, 'u');
const unseenEach = new RegExp(characters, 'gu');

function showCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  // Unicode has pictures of the ASCII controls: ␛ for ESC, ␊ for a line's end.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `\\u{${code.toString(16)}}`;
}
